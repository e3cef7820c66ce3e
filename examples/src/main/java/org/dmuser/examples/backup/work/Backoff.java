package org.dmuser.examples.backup.work;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Leaves those who use a device most of what they would have of it without the backup.
 *
 * <pre>
 *   work 50 ms .. 1 s  | pause: 5 ms for all workers to notice, then 20 ms and more | work ...
 *   requests: w a second                                            q a second
 * </pre>
 *
 * <p>Who works for a part d of the time leaves the device d * w + (1 - d) * q requests a second; that this is {@link
 * #KEPT} * q gives d = (1 - {@link #KEPT}) / (1 - w / q), and that the length of the pause. It knows nothing of
 * processors, disks, priorities and sessions: it sees what comes of them. A device that does not suffer is looked at
 * once a second, one that nobody uses is not waited for.
 *
 * <p>Threads: any number of workers. The lock is held by the one that pauses; the others wait for it.
 */
final class Backoff {
    /** What the device's users keep of their requests a second, at least, as long as {@link #PART_MIN} allows it. */
    static final double KEPT = 0.92;

    /** The part of the time in which there is work, at least: a backup has to end. */
    static final double PART_MIN = 0.1;

    private static final long FIRST_WORK_NS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long WORK_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long HARMLESS_WORK_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long NOTICE_NS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long PAUSE_MIN_NS = TimeUnit.MILLISECONDS.toNanos(20);

    /** A device with fewer requests a second is not in use. */
    private static final double USED = 30;

    /** How much of what was known a new measurement replaces: users are not the same at all times. */
    private static final double NEW = 0.3;

    private static final double SECOND_NS = 1e9;

    /** Time, which is another one in tests. */
    interface Clock {
        /** As {@link System#nanoTime}. */
        long now();

        /** Waits for so long, or a little shorter. */
        void pause(long ns);
    }

    private final LongSupplier requests;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private double working;
    private double quiet;
    private long since;
    private long sinceRequests;
    private volatile long until;

    /** @param requests how many the device has had so far */
    Backoff(LongSupplier requests) {
        this(requests, new Clock() {
            @Override
            public long now() {
                return System.nanoTime();
            }

            @Override
            public void pause(long ns) {
                LockSupport.parkNanos(ns);
            }
        });
    }

    Backoff(LongSupplier requests, Clock clock) {
        this.requests = requests;
        this.clock = clock;
        begin(FIRST_WORK_NS);
    }

    /** Called by workers every few milliseconds; returns when there may be work. */
    void pass() {
        if (isOver()) {
            lock.lock();
            try {
                // The others have waited for the pause of the first.
                if (isOver()) {
                    endWork();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    private boolean isOver() {
        return clock.now() - until >= 0;
    }

    private void endWork() {
        long worked = clock.now() - since;
        double rate = rate();
        if (rate < USED) {
            begin(HARMLESS_WORK_NS);
            return;
        }
        clock.pause(NOTICE_NS);
        begin(0);
        clock.pause(Math.max(PAUSE_MIN_NS, pauseNs(worked)));
        note(rate, rate());
        begin(part() < 1 ? WORK_NS : HARMLESS_WORK_NS);
    }

    private void begin(long lengthNs) {
        since = clock.now();
        sinceRequests = requests.getAsLong();
        until = since + lengthNs;
    }

    /** Requests a second since the last beginning. */
    private double rate() {
        return (requests.getAsLong() - sinceRequests) * SECOND_NS / Math.max(1, clock.now() - since);
    }

    private void note(double newWorking, double newQuiet) {
        boolean isFirst = quiet == 0;
        working = isFirst ? newWorking : working + NEW * (newWorking - working);
        quiet = isFirst ? newQuiet : quiet + NEW * (newQuiet - quiet);
    }

    /** Of the time in which there may be work. */
    private double part() {
        double harm = 1 - working / Math.max(quiet, Double.MIN_NORMAL);
        return harm <= 1 - KEPT ? 1 : Math.max(PART_MIN, (1 - KEPT) / harm);
    }

    private long pauseNs(long workedNs) {
        return quiet == 0 ? 0 : (long) (workedNs * (1 - part()) / part());
    }
}
