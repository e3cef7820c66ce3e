package org.dmuser.shim.dm;

import java.util.HashMap;
import java.util.Map;
import org.dmuser.shim.bio.Bio;
import org.dmuser.shim.bio.BioList;

/**
 * Pieces as they must not be given out: whoever needs several keeps those there are and waits for more, behind the
 * others. What device mapper did before Linux 4.16.
 */
final class OneAtATime implements Pieces {
    private final BioList line = new BioList();
    private final Map<Bio, Integer> hoards = new HashMap<>();
    private int available;
    private boolean draining;

    OneAtATime(int size) {
        available = size;
    }

    @Override
    public synchronized Bio take(int count, Bio claimant) {
        int hoard = hoards.getOrDefault(claimant, 0);
        int taken = Math.min(count - hoard, available);
        available -= taken;
        if (hoard + taken < count) {
            hoards.put(claimant, hoard + taken);
            line.addLast(claimant);
            notifyAll();
            return null;
        }
        hoards.remove(claimant);
        return linked(count);
    }

    private static Bio linked(int count) {
        Bio first = null;
        for (int i = 0; i < count; i++) {
            Bio bio = new Bio();
            bio.next(first);
            first = bio;
        }
        return first;
    }

    /** Waits until so many pieces are with those who wait for more. */
    synchronized void awaitHoarded(int pieces) throws InterruptedException {
        while (hoards.values().stream().mapToInt(Integer::intValue).sum() < pieces) {
            wait();
        }
    }

    /** Ends a dead-lock, when the next piece is given back. */
    synchronized void add(int more) {
        available += more;
    }

    @Override
    public synchronized boolean giveBack(Bio bio) {
        available++;
        return mayDrain();
    }

    private boolean mayDrain() {
        return !draining && !line.isEmpty() && available > 0;
    }

    @Override
    public synchronized boolean startDrain() {
        boolean may = mayDrain();
        draining |= may;
        return may;
    }

    @Override
    public synchronized Bio next() {
        boolean more = !line.isEmpty() && available > 0;
        draining = more;
        return more ? line.pollFirst() : null;
    }

    @Override
    public synchronized BioList giveUp() {
        BioList given = new BioList();
        given.prepend(line);
        draining = false;
        return given;
    }
}
