package org.dmuser.shim.target;

import java.util.List;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.dmuser.channel.RequestFlags;
import org.dmuser.shim.bio.Bio;
import org.dmuser.shim.bio.BioOp;
import org.dmuser.shim.bio.Submission;
import org.dmuser.shim.dm.DeviceRange;
import org.dmuser.shim.dm.MapResult;
import org.dmuser.shim.dm.Target;
import org.dmuser.shim.dm.TargetContext;

/**
 * {@code delay}: sends reads, writes and flushes on when they have been held for some time, those that are due first
 * first. A suspend lets all of them go at once, and until the resume nothing is held.
 *
 * <p>Bios are let go by a worker, which is called for when the first one is due, or by whoever suspends; by one of them
 * at a time, so that each class goes on in the order it came. The lock is of what is held; it is not held while a bio
 * is submitted.
 */
final class DelayTarget implements Target {
    private static final int READS = 0;
    private static final int WRITES = 1;
    private static final int FLUSHES = 2;

    private final TargetContext context;
    private final List<DelayClass> classes;
    private final int given;
    private final Object lock = new Object();
    private boolean holding = true;

    /** Whether somebody lets bios go, and will see to what comes meanwhile. */
    private boolean releasing;

    /** When a worker will come, and by what; null if none will. */
    private Future<?> wake;

    private long wakeNs;

    /**
     * @param classes reads, writes, flushes
     * @param given how many of them the table line has
     */
    DelayTarget(TargetContext context, List<DelayClass> classes, int given) {
        this.context = context;
        this.classes = List.copyOf(classes);
        this.given = given;
    }

    @Override
    public MapResult map(Bio bio) {
        DelayClass bios = classes.get(classOf(bio));
        bios.map().remap(bio);
        return hold(bio, bios) ? MapResult.SUBMITTED : MapResult.REMAPPED;
    }

    private static int classOf(Bio bio) {
        if (!bio.op().modifies()) {
            return READS;
        }
        return bio.has(RequestFlags.PREFLUSH) ? FLUSHES : WRITES;
    }

    private boolean hold(Bio bio, DelayClass bios) {
        if (bios.delayNs() == 0) {
            return false;
        }
        synchronized (lock) {
            if (!holding) {
                return false;
            }
            long nowNs = System.nanoTime();
            wakeBy(nowNs + bios.delayNs(), nowNs);
            bios.hold(bio, nowNs + bios.delayNs());
            return true;
        }
    }

    /** Under the lock. */
    private void wakeBy(long dueNs, long nowNs) {
        if (!releasing && (wake == null || dueNs - wakeNs < 0)) {
            cancelWake();
            wake = context.schedule(this::release, dueNs - nowNs);
            wakeNs = dueNs;
        }
    }

    /** Under the lock. */
    private void cancelWake() {
        if (wake != null) {
            wake.cancel(false);
            wake = null;
        }
    }

    /**
     * Lets go of what is due, if nobody is at that. What a device throws comes out of this; what is behind that is let
     * go of later.
     */
    private void release() {
        synchronized (lock) {
            cancelWake();
            if (releasing) {
                return;
            }
            releasing = true;
        }
        try {
            for (Bio bio = takeDue(); bio != null; bio = takeDue()) {
                Submission.submit(bio, bio.device());
            }
        } finally {
            synchronized (lock) {
                releasing = false;
                DelayClass next = next();
                if (next != null) {
                    long nowNs = System.nanoTime();
                    wakeBy(holding ? next.first().dueNs() : nowNs, nowNs);
                }
            }
        }
    }

    private Bio takeDue() {
        synchronized (lock) {
            DelayClass next = next();
            boolean due = next != null && (!holding || next.first().dueNs() - System.nanoTime() <= 0);
            return due ? next.takeFirst() : null;
        }
    }

    /** The class whose first bio is due before those of the others; null if nothing is held. Under the lock. */
    private DelayClass next() {
        DelayClass next = null;
        for (DelayClass bios : classes) {
            if (bios.heldCount() > 0
                    && (next == null || bios.first().dueNs() - next.first().dueNs() < 0)) {
                next = bios;
            }
        }
        return next;
    }

    @Override
    public void presuspend() {
        holdFromNowOn(false);
        release();
    }

    @Override
    public void presuspendUndo() {
        holdFromNowOn(true);
    }

    @Override
    public void resume() {
        holdFromNowOn(true);
    }

    private void holdFromNowOn(boolean whether) {
        synchronized (lock) {
            holding = whether;
        }
    }

    /** As in the kernel, zeroes have to be written. */
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
        return classes.stream().map(bios -> bios.map().range()).toList();
    }

    /** How many reads, writes and flushes are held. */
    @Override
    public String status() {
        synchronized (lock) {
            return classes.stream()
                    .map(bios -> Integer.toString(bios.heldCount()))
                    .collect(Collectors.joining(" "));
        }
    }

    @Override
    public String table() {
        return classes.stream().limit(given).map(DelayClass::toString).collect(Collectors.joining(" "));
    }

    /** Nothing is held any more. */
    @Override
    public void close() {
        synchronized (lock) {
            cancelWake();
        }
    }
}
