package org.dmuser.cli.base;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.dmuser.shim.os.LibC;

/**
 * A wait at the end of a command that may take long with good reason: a slow disk has to take all that was written to
 * it before an fsync returns. When it does, the user is told what is waited for, and Ctrl-C ends the process at once
 * until the wait is over.
 *
 * <p>Lock: its own monitor, around what is done with Ctrl-C.
 */
public final class LongWait implements AutoCloseable {
    /** How long it may take. There is no telling whether what takes longer gets anywhere. */
    public static final Duration LIMIT = Duration.ofMinutes(10);

    /** Most are over before anybody wonders. */
    private static final Duration QUIET = Duration.ofSeconds(2);

    /** For whoever waits to say what hangs. */
    private static final Duration ERROR = Duration.ofSeconds(45);

    private final StopSignal stop;
    private final Duration limitBefore;
    private final String what;
    private final long startNs = System.nanoTime();
    private final CountDownLatch ended = new CountDownLatch(1);

    /** What was done about Ctrl-C up to the moment from which on it ends the process. */
    private long before = LibC.SIG_IGN;

    private LongWait(StopSignal stop, String what) {
        this.stop = stop;
        this.what = what;
        limitBefore = stop.limit(LIMIT.plus(ERROR));
    }

    /**
     * Gives the process the time it may take. On any thread.
     *
     * @param what as in "waiting for {@code what}"
     */
    public static LongWait begin(StopSignal stop, String what) {
        LongWait wait = new LongWait(stop, what);
        stop.alive();
        Thread thread = new Thread(wait::watch, "long-wait");
        thread.setDaemon(true);
        thread.start();
        return wait;
    }

    private void watch() {
        try {
            if (!ended.await(QUIET.toNanos(), TimeUnit.NANOSECONDS)) {
                Console.error("waiting for " + what + ", which may take up to " + LIMIT.toMinutes() + " minutes"
                        + (letInterruptEnd() ? "; Ctrl-C ends it at once" : ""));
            }
        } catch (InterruptedException e) {
            // By nobody.
        }
    }

    /** False if Ctrl-C is not for this process, which a script has begun in its background. */
    private synchronized boolean letInterruptEnd() {
        if (ended.getCount() > 0) {
            // Not a handler of the JVM's, which has no ear for a second signal, but what the kernel does without.
            before = LibC.instance().signal(LibC.SIGINT, LibC.SIG_DFL);
            if (before == LibC.SIG_IGN) {
                LibC.instance().signal(LibC.SIGINT, LibC.SIG_IGN);
            }
        }
        return before != LibC.SIG_IGN;
    }

    /** Whether it has taken as long as it may. */
    public boolean isTooLong() {
        return System.nanoTime() - startNs > LIMIT.toNanos();
    }

    /** What was waited for has come, or has been given up. */
    @Override
    public synchronized void close() {
        ended.countDown();
        if (before != LibC.SIG_IGN) {
            LibC.instance().signal(LibC.SIGINT, before);
        }
        stop.alive();
        stop.limit(limitBefore);
    }
}
