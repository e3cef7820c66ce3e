package org.dmuser.shim.dm;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.agrona.ErrorHandler;
import org.dmuser.channel.Errno;
import org.dmuser.shim.bio.Bio;

/** Makes the table of a device from its lines, with the kernel's checks in the kernel's order. */
final class TableBuilder {
    /** What fits into the kernel's table. */
    static final int TARGETS_MAX = 1_048_576;

    private final MappedDevice device;
    private final TargetTypes types;
    private final DeviceOpener opener;
    private final Workers workers;
    private final ErrorHandler errorHandler;

    TableBuilder(
            MappedDevice device, TargetTypes types, DeviceOpener opener, Workers workers, ErrorHandler errorHandler) {
        this.device = device;
        this.types = types;
        this.opener = opener;
        this.workers = workers;
        this.errorHandler = errorHandler;
    }

    /**
     * The table of {@code lines}; the caller is to close it.
     *
     * @throws DmException if it cannot be made; nothing is left open then
     */
    Table build(List<TableLine> lines, boolean readOnly) throws DmException {
        if (lines.isEmpty()) {
            throw new DmException(Errno.EINVAL, "no targets specified: a table needs at least one line");
        }
        if (lines.size() > TARGETS_MAX) {
            throw new DmException(
                    Errno.EOVERFLOW,
                    "table has " + lines.size() + " targets, at most " + TARGETS_MAX + " are possible");
        }
        List<TableTarget> targets = new ArrayList<>(lines.size());
        TableDevices devices = new TableDevices(device, readOnly, opener);
        try {
            TableLine previous = null;
            for (TableLine line : lines) {
                targets.add(newTarget(line, previous, readOnly, devices));
                previous = line;
            }
            return new Table(targets, devices, readOnly, errorHandler);
        } catch (DmException | RuntimeException | Error e) {
            targets.forEach(target -> target.close(errorHandler));
            devices.close(errorHandler);
            throw e;
        }
    }

    private TableTarget newTarget(TableLine line, TableLine previous, boolean readOnly, TableDevices devices)
            throws DmException {
        checkLength(line);
        TargetType type = findType(line);
        checkStart(line, previous);
        try {
            BuildContext context = new BuildContext(device, line, readOnly, devices, workers, errorHandler);
            Target target = Objects.requireNonNull(type.create(context, line.words()), "create() returned null");
            return new TableTarget(line, target);
        } catch (DmException e) {
            throw refused(e.errno(), line, line.type() + ": " + e.getMessage(), e);
        } catch (RuntimeException | Error e) {
            throw refused(Errno.EIO, line, line.type() + ": cannot be made: " + e, e);
        }
    }

    private static void checkLength(TableLine line) throws DmException {
        if (line.length() == 0) {
            throw refused(Errno.EINVAL, line, "zero-length target: needs a length of at least 1 sector", null);
        }
        if (line.start() > Bio.SECTORS_MAX || line.length() > Bio.SECTORS_MAX - line.start()) {
            throw refused(
                    Errno.EINVAL,
                    line,
                    "too large device: start " + line.start() + " and length " + line.length() + " reach past sector "
                            + Bio.SECTORS_MAX,
                    null);
        }
    }

    private TargetType findType(TableLine line) throws DmException {
        try {
            return types.find(line.type());
        } catch (DmException e) {
            throw refused(e.errno(), line, e.getMessage(), e);
        }
    }

    private static void checkStart(TableLine line, TableLine previous) throws DmException {
        long expected = previous == null ? 0 : previous.end();
        if (line.start() != expected) {
            String reason = previous == null
                    ? "but a table begins at sector 0"
                    : "but line " + previous.number() + " ends at " + expected;
            throw refused(Errno.EINVAL, line, "Gap in table: begins at sector " + line.start() + ", " + reason, null);
        }
    }

    private static DmException refused(Errno errno, TableLine line, String reason, Throwable cause) {
        return new DmException(errno, "table line " + line.number() + ": " + reason, cause);
    }
}
