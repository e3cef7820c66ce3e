package org.dmuser.shim.dm;

import org.agrona.concurrent.ManyToManyConcurrentArrayQueue;
import org.dmuser.channel.Errno;
import org.dmuser.channel.RequestFlags;
import org.dmuser.shim.bio.Bio;

/**
 * What the bios of a device are taken apart with: pieces, of which there are so many, and used splits and preflushes,
 * which there are as many of as there are bios, so that nobody waits for one. Any thread, under no lock.
 */
final class Supply {
    /** How many used ones are kept of each. */
    private static final int KEPT = 64;

    private final BioPath path;
    private final Pieces pieces;
    private final Backlog waiting;
    private final ManyToManyConcurrentArrayQueue<Split> splits = new ManyToManyConcurrentArrayQueue<>(KEPT);
    private final ManyToManyConcurrentArrayQueue<Preflush> preflushes = new ManyToManyConcurrentArrayQueue<>(KEPT);

    /** @param waiting submits those that have waited for pieces */
    Supply(BioPath path, Pieces pieces, Backlog waiting) {
        this.path = path;
        this.pieces = pieces;
        this.waiting = waiting;
    }

    /**
     * Takes pieces for {@code bio}.
     *
     * @return linked; null if there are too few, and then the bio has ended, or waits and will be submitted to
     *     {@code entry} again
     */
    Bio takePieces(int count, Bio bio, GateEntry entry) {
        boolean impatient = bio.has(RequestFlags.NOWAIT);
        bio.remap(entry, bio.sector());
        Bio taken = pieces.take(count, bio);
        if (taken == null && impatient) {
            bio.end(Errno.EAGAIN);
        }
        return taken;
    }

    /** Takes back a piece that has ended. */
    void giveBack(Bio piece) {
        if (pieces.giveBack(piece)) {
            waiting.drain();
        }
    }

    Split split() {
        Split used = splits.poll();
        return used == null ? new Split(path, this) : used;
    }

    Preflush preflush() {
        Preflush used = preflushes.poll();
        return used == null ? new Preflush(path, this) : used;
    }

    /** Takes back one that has done its work. */
    void giveBack(Split split) {
        splits.offer(split);
    }

    /** Takes back one that has done its work. */
    void giveBack(Preflush preflush) {
        preflushes.offer(preflush);
    }
}
