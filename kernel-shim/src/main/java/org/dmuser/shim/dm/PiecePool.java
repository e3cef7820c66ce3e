package org.dmuser.shim.dm;

import org.dmuser.channel.RequestFlags;
import org.dmuser.shim.bio.Bio;
import org.dmuser.shim.bio.BioList;

/**
 * Pieces that are used again and again.
 *
 * <p>Who needs several takes all of them at once or none, and who finds too few waits in line, not with a thread but
 * as a bio: nobody has some and waits for more, which is how two could wait for each other for ever (the two phases
 * of Linux 4.16, commit 18a25da84354). Nobody overtakes the line, so whoever needs many gets them in the end.
 *
 * <p>Any thread. The lock is held for some tens of nanoseconds, with no other inside.
 */
final class PiecePool implements Pieces {
    /** Enough for four requests of 1 MiB in pieces of 4 KiB; some 250 KiB of memory if all are used. */
    static final int SIZE = 1024;

    private final int size;
    private final Object lock = new Object();
    private final BioList line = new BioList();

    /** Linked through the bios; made when they are needed first. */
    private Bio idle;

    private int idleCount;

    /** How many more may be in use; negative while one that needs more than there are has them. */
    private int available;

    /** How many the first in line needs, as far as is known. */
    private int needed = 1;

    private boolean draining;

    /** Has left the line to try again, and may take what it needs. */
    private Bio called;

    PiecePool(int size) {
        this.size = size;
        this.available = size;
    }

    @Override
    public Bio take(int count, Bio claimant) {
        synchronized (lock) {
            boolean turn = claimant == called || !draining && line.isEmpty();
            // More than there are is had when nobody has any.
            int required = Math.min(count, size);
            if (turn && available >= required) {
                available -= count;
                return unlink(count);
            }
            if (!claimant.has(RequestFlags.NOWAIT)) {
                waitInLine(claimant, required);
            }
            return null;
        }
    }

    private void waitInLine(Bio claimant, int required) {
        if (claimant == called || line.isEmpty()) {
            line.addFirst(claimant);
            needed = required;
        } else {
            line.addLast(claimant);
        }
    }

    private Bio unlink(int count) {
        Bio taken = null;
        for (int i = 0; i < count; i++) {
            Bio bio = idle;
            if (bio == null) {
                bio = new Bio();
            } else {
                idle = bio.next();
                idleCount--;
            }
            bio.next(taken);
            taken = bio;
        }
        return taken;
    }

    @Override
    public boolean giveBack(Bio bio) {
        bio.forget();
        synchronized (lock) {
            available++;
            if (idleCount < size) {
                bio.next(idle);
                idle = bio;
                idleCount++;
            }
            return mayDrain();
        }
    }

    private boolean mayDrain() {
        return !draining && !line.isEmpty() && available >= needed;
    }

    @Override
    public boolean startDrain() {
        synchronized (lock) {
            boolean may = mayDrain();
            draining |= may;
            return may;
        }
    }

    @Override
    public Bio next() {
        synchronized (lock) {
            boolean more = !line.isEmpty() && available >= needed;
            called = more ? line.pollFirst() : null;
            draining = more;
            needed = more ? 1 : needed;
            return called;
        }
    }

    @Override
    public BioList giveUp() {
        synchronized (lock) {
            draining = false;
            called = null;
            needed = 1;
            BioList given = new BioList();
            given.prepend(line);
            return given;
        }
    }
}
