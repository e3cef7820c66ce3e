package org.dmuser.shim.dm;

import java.util.List;
import org.dmuser.channel.Errno;
import org.dmuser.channel.MessageQueue;
import org.dmuser.shim.bio.Bio;
import org.dmuser.shim.bio.BioOp;
import org.dmuser.shim.bio.BlockDevice;

/**
 * One line of a table: where a run of sectors of a mapped device comes from.
 *
 * <p>{@link #map} is called from any number of threads at a time, never under a lock of the core's. The life of a
 * target is {@link TargetType#create}, then for each resume {@link #preresume} and {@link #resume}, for each suspend
 * {@link #presuspend} and {@link #postsuspend}, and at last {@link #close}, by when no bio is inside it: all have
 * ended and every call of {@link #map} has returned.
 */
public interface Target extends AutoCloseable {
    /**
     * Takes one piece, which lies within this target and, for data, within {@link #lengthMax}. The sector is the mapped
     * device's. An empty flush has no place: its sector is 0 and must not be moved by arithmetic.
     *
     * <p>May wait for room, never for another bio to end. What it throws ends the bio with EIO and is reported, so it
     * must not throw once it has given the bio to somebody else; having ended it is fine.
     */
    MapResult map(Bio bio);

    /** Whether it takes bios of this operation; others end with EOPNOTSUPP without reaching it. */
    boolean accepts(BioOp op);

    /** Whether an empty flush means anything to it; where it does not, a flush succeeds without reaching it. */
    boolean acceptsFlush();

    /**
     * How many copies it wants of a discard, of a write of zeroes, or, where {@code op} is WRITE, of an empty flush: at
     * least one, and the same as long as it lives. Each is mapped by itself, all with the same range, and
     * {@link Bio#copy} tells them apart. The bio they are copies of ends when all have ended.
     */
    default int copies(BioOp op) {
        return 1;
    }

    /**
     * How much of {@code bio}, which begins in this target, may come as one piece: bytes, a multiple of the sector, at
     * least one sector. The core cuts at the end of the target by itself.
     */
    default long lengthMax(Bio bio) {
        return Long.MAX_VALUE;
    }

    /** {@link BlockDevice#queue}, where all that is mapped by this target comes to it. */
    default MessageQueue queue() {
        return null;
    }

    /** The parts of other devices that it maps to. */
    default List<DeviceRange> ranges() {
        return List.of();
    }

    /** What {@code dmsetup status} prints behind the type. */
    default String status() {
        return "";
    }

    /** What {@code dmsetup table} prints behind the type: its arguments. */
    default String table() {
        return "";
    }

    /**
     * Does what {@code dmsetup message} says. Called by one thread at a time, while bios are mapped by others.
     *
     * @param words at least one
     * @return what to print, or empty
     * @throws DmException EINVAL for what means nothing to it
     */
    default String message(List<String> words) throws DmException {
        throw new DmException(Errno.EINVAL, "takes no messages, not even \"" + words.get(0) + "\"");
    }

    /**
     * A suspend begins, or is to: what is held back goes on, or ends. Bios still come in. Where the device is to be
     * removed by force, this comes once more, on another thread and under no lock, before the suspend of the removal.
     */
    default void presuspend() {}

    /** The suspend that {@link #presuspend} announced was given up; bios have been coming in all the time. */
    default void presuspendUndo() {}

    /** No bio is inside and none will come until {@link #resume}. */
    default void postsuspend() {}

    /**
     * May refuse to be resumed.
     *
     * @throws DmException if it cannot
     */
    default void preresume() throws DmException {}

    /** Bios may come from now on. */
    default void resume() {}

    /** Gives up what it holds, beside the devices it opened, which the core closes after this. Idempotent. */
    @Override
    void close();
}
