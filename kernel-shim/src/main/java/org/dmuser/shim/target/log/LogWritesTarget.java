package org.dmuser.shim.target.log;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.dmuser.channel.Errno;
import org.dmuser.shim.bio.Bio;
import org.dmuser.shim.bio.BioOp;
import org.dmuser.shim.dm.DeviceRange;
import org.dmuser.shim.dm.DmException;
import org.dmuser.shim.dm.MapResult;
import org.dmuser.shim.dm.Target;
import org.dmuser.shim.dm.TargetContext.OpenDevice;

/**
 * {@code log-writes <device> <log device>}: the device as it is, and a log of what is written to it.
 *
 * <p>As in the kernel, a bio goes to the sector of the device below that it has on the mapped device, wherever in the
 * table the target is.
 */
final class LogWritesTarget implements Target {
    private static final byte[] END_MARK = "dm-log-writes-end".getBytes(StandardCharsets.US_ASCII);

    private static final long DATA_BYTES_MAX = 1 << 30;

    /** For one write to the log device, when the target is closed. */
    private static final long PATIENCE_S = 10;

    private final DeviceRange range;
    private final OpenDevice logDevice;
    private final WriteLog log;
    private final AtomicBoolean closed = new AtomicBoolean();

    LogWritesTarget(DeviceRange range, OpenDevice logDevice, WriteLog log) {
        this.range = range;
        this.logDevice = logDevice;
        this.log = log;
    }

    @Override
    public MapResult map(Bio bio) {
        if (bio.op().modifies() && log.isEnabled()) {
            PendingEntry pending = log.begin(bio);
            if (pending != null) {
                bio.push((ended, status) -> onEnd(pending, status));
            }
        }
        bio.remap(range.device().device(), bio.sector());
        return MapResult.REMAPPED;
    }

    private Errno onEnd(PendingEntry pending, Errno status) {
        if (status != Errno.EOPNOTSUPP || pending.entry().has(LogEntry.FLUSH)) {
            // Even if it has failed: it may have been done, and a flush has taken with it entries of what was.
            log.ended(pending);
            return status;
        }
        if (pending.entry().has(LogEntry.DISCARD)) {
            // As in the kernel: the log is of what the file system does, on whatever disk.
            log.ended(pending);
            return Errno.OK;
        }
        log.release(pending);
        return status;
    }

    /** What a block of memory holds beside the head of its entry. */
    @Override
    public long lengthMax(Bio bio) {
        return bio.op().hasData() ? DATA_BYTES_MAX : Long.MAX_VALUE;
    }

    @Override
    public boolean accepts(BioOp op) {
        return op != BioOp.WRITE_ZEROES;
    }

    @Override
    public boolean acceptsFlush() {
        return true;
    }

    @Override
    public List<DeviceRange> ranges() {
        return List.of(range);
    }

    @Override
    public String status() {
        return log.status();
    }

    @Override
    public String table() {
        return range.device().name() + " " + logDevice.name();
    }

    @Override
    public String message(List<String> words) throws DmException {
        if (words.size() != 2) {
            throw new DmException(
                    Errno.EINVAL,
                    "Invalid log-writes message arguments, expect 2 arguments, got " + words.size()
                            + ": it takes mark <text>, where a blank in the text has a backslash before it");
        }
        if (!words.get(0).equalsIgnoreCase("mark")) {
            throw new DmException(
                    Errno.EINVAL,
                    "Unrecognised log writes target message received: " + words.get(0) + ": it takes mark <text>");
        }
        log.mark(words.get(1).getBytes(StandardCharsets.UTF_8));
        return "";
    }

    /** Puts into the log what is left, and that it ends there. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            log.finish(END_MARK, PATIENCE_S, TimeUnit.SECONDS);
        }
    }
}
