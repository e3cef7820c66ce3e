package org.dmuser.shim.bio;

import org.dmuser.channel.MessageQueue;
import org.dmuser.channel.MessageQueues;

/** Something with sectors that takes bios: a mapped device, a file, a block device. */
public interface BlockDevice {
    /** Its size, in sectors of 512 bytes. */
    long sectors();

    /** Whether writing is refused with EROFS. */
    boolean readOnly();

    /**
     * The queue that the data of every bio comes to as it is, if there is one and one only: whoever makes bios may put
     * data into memory borrowed there. Null if there is none; may change at any time.
     */
    default MessageQueue queue() {
        return null;
    }

    /**
     * Adds the queues that bios may come to below this, whatever happens to their data on the way: whoever submits bios
     * may look for the answers. As they are now, and as far as {@code queues} wants them.
     */
    default void addQueues(MessageQueues queues) {}

    /**
     * Takes one step with {@code bio}: ends it, keeps it to end later, or submits it, or pieces of it, further down.
     * Called by {@link Submission} only, never under a lock; may wait for room, never for another bio to end.
     *
     * <p>What it throws ends the bio with EIO, so it must not throw once it keeps the bio or has given it to somebody
     * else; having ended it is fine.
     */
    void accept(Bio bio);
}
