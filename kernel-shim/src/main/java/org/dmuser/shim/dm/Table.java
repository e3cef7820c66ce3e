package org.dmuser.shim.dm;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.agrona.ErrorHandler;
import org.dmuser.channel.Errno;
import org.dmuser.channel.MessageQueue;
import org.dmuser.channel.MessageQueues;
import org.dmuser.shim.bio.Bio;
import org.dmuser.shim.bio.BlockDevice;
import org.dmuser.shim.dm.TargetContext.OpenDevice;

/** Consecutive targets, from sector 0, without a gap. Immutable; made by {@link TableBuilder}. */
final class Table {
    private final TableTarget[] targets;
    private final TableDevices devices;
    private final TableTarget[] flushTargets;
    private final MessageQueue[] ownQueues;
    private final BlockDevice[] below;
    private final int[] flushCopies;
    private final long[] ends;
    private final long sectors;
    private final boolean readOnly;
    private final ErrorHandler errorHandler;

    /**
     * @param targets at least one, and in order
     * @param devices that they have open
     */
    Table(List<TableTarget> targets, TableDevices devices, boolean readOnly, ErrorHandler errorHandler) {
        this.targets = targets.toArray(TableTarget[]::new);
        this.devices = devices;
        this.flushTargets =
                targets.stream().filter(t -> t.target().acceptsFlush()).toArray(TableTarget[]::new);
        this.flushCopies =
                Arrays.stream(flushTargets).mapToInt(TableTarget::flushCopies).toArray();
        this.ownQueues = targets.stream()
                .map(TableTarget::ownQueue)
                .filter(Objects::nonNull)
                .toArray(MessageQueue[]::new);
        this.below = devices.opened().stream().map(OpenDevice::device).toArray(BlockDevice[]::new);
        this.ends = targets.stream().mapToLong(t -> t.line().end()).toArray();
        this.sectors = ends[ends.length - 1];
        this.readOnly = readOnly;
        this.errorHandler = errorHandler;
    }

    long sectors() {
        return sectors;
    }

    boolean readOnly() {
        return readOnly;
    }

    int targetCount() {
        return targets.length;
    }

    /** The target {@code sector}, which is within the table, belongs to. */
    TableTarget find(long sector) {
        if (targets.length == 1) {
            return targets[0];
        }
        int found = Arrays.binarySearch(ends, sector);
        // An end is the first sector of the next target.
        return targets[found >= 0 ? found + 1 : -found - 1];
    }

    /** The queue that everything comes to, if there is one and one only; otherwise null. */
    MessageQueue queue() {
        return targets.length == 1 ? targets[0].target().queue() : null;
    }

    /** {@link BlockDevice#addQueues}. */
    void addQueues(MessageQueues queues) {
        for (int i = 0; i < ownQueues.length && queues.wantsMore(); i++) {
            queues.add(ownQueues[i]);
        }
        for (int i = 0; i < below.length && queues.wantsMore(); i++) {
            below[i].addQueues(queues);
        }
    }

    /** The targets that an empty flush goes to. */
    TableTarget[] flushTargets() {
        return flushTargets;
    }

    /** How many copies of it the one at {@code index} of those wants. */
    int flushCopies(int index) {
        return flushCopies[index];
    }

    /** Why {@code bio} is none for this table: EIO, EROFS, or null where it is one. */
    Errno refusal(Bio bio) {
        if (bio.sector() < 0 || bio.sector() > sectors - (bio.length() >>> Bio.SECTOR_SHIFT)) {
            return Errno.EIO;
        }
        return readOnly && bio.op().modifies() && !bio.isEmptyFlush() ? Errno.EROFS : null;
    }

    /**
     * Checks that no target reaches past the end of a device below it, as that is now. A device without size is left
     * out.
     *
     * @throws DmException EINVAL if one does
     */
    void checkRanges() throws DmException {
        for (TableTarget target : targets) {
            for (DeviceRange range : target.target().ranges()) {
                long size = range.device().device().sectors();
                if (size != 0 && (range.start() >= size || range.length() > size - range.start())) {
                    throw new DmException(
                            Errno.EINVAL,
                            "table line " + target.line().number() + ": "
                                    + target.line().type() + ": "
                                    + range.device().name() + " too small for target: start=" + range.start() + ", len="
                                    + range.length() + ", dev_size=" + size);
                }
            }
        }
    }

    void presuspend() {
        each(Target::presuspend);
    }

    void presuspendUndo() {
        each(Target::presuspendUndo);
    }

    void postsuspend() {
        each(Target::postsuspend);
    }

    /** Stops at the first target that refuses. */
    void preresume() throws DmException {
        for (TableTarget target : targets) {
            try {
                target.target().preresume();
            } catch (DmException e) {
                throw new DmException(e.errno(), describe(target) + ": " + e.getMessage(), e);
            } catch (RuntimeException | Error e) {
                throw new DmException(Errno.EIO, describe(target) + ": cannot be resumed: " + e, e);
            }
        }
    }

    void resume() {
        each(Target::resume);
    }

    /** What one throws, an Error too, says nothing of the others, and must not leave the device halfway. */
    private void each(Consumer<Target> call) {
        for (TableTarget target : targets) {
            try {
                call.accept(target.target());
            } catch (RuntimeException | Error e) {
                errorHandler.onError(new IllegalStateException(describe(target) + " failed: " + e, e));
            }
        }
    }

    private static String describe(TableTarget target) {
        return "target " + target.line().type() + " at sector " + target.line().start();
    }

    /** The lines with what each target says of its state. */
    List<TableLine> status() {
        return lines(Target::status);
    }

    /** The lines with what each target was made of. */
    List<TableLine> table() {
        return lines(Target::table);
    }

    /** The devices its targets have open, as {@link TableDevices#opened} has them. */
    List<OpenDevice> devices() {
        return devices.opened();
    }

    private List<TableLine> lines(Function<Target, String> words) {
        return Arrays.stream(targets).map(target -> target.describe(words)).toList();
    }

    /** Closes the targets, in order, and then the devices they had open. Nothing is inside any more. */
    void close() {
        for (TableTarget target : targets) {
            target.close(errorHandler);
        }
        devices.close(errorHandler);
    }
}
