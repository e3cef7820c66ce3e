package org.dmuser.cli.base;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.dmuser.shim.os.LibC;

/**
 * The end of a handler, which may take long with good reason: a slow disk has to take all that was written to it
 * before an fsync returns. When it does, the user is told what is waited for, and from then on Ctrl-C ends the process
 * at once.
 */
public final class HandlerClose {
    /** How long a handler may take. There is no telling whether one that takes longer gets anywhere. */
    public static final Duration LIMIT = Duration.ofMinutes(10);

    /** Most are closed before anybody wonders. */
    private static final Duration QUIET = Duration.ofSeconds(2);

    /** For whoever waits to say what hangs. */
    private static final Duration ERROR = Duration.ofSeconds(15);

    private final String handler;
    private final CountDownLatch ended = new CountDownLatch(1);

    private HandlerClose(String handler) {
        this.handler = handler;
    }

    /**
     * Gives the process the time that a handler may take to close. On any thread.
     *
     * @param handler what it is called
     */
    public static HandlerClose begin(StopSignal stop, String handler) {
        stop.limit(LIMIT.plus(ERROR));
        stop.doing("closing handler " + handler);
        HandlerClose close = new HandlerClose(handler);
        Thread thread = new Thread(close::watch, "handler-close-watch");
        thread.setDaemon(true);
        thread.start();
        return close;
    }

    private void watch() {
        try {
            if (!ended.await(QUIET.toNanos(), TimeUnit.NANOSECONDS)) {
                Console.error("waiting for handler " + handler + " to close, which may take up to " + LIMIT.toMinutes()
                        + " minutes" + (letInterruptEnd() ? "; Ctrl-C ends it at once" : ""));
            }
        } catch (InterruptedException e) {
            // By nobody.
        }
    }

    /** False if Ctrl-C is not for this process, which a script has begun in its background. */
    private static boolean letInterruptEnd() {
        // Not a handler of the JVM's, which has no ear for a second signal, but what the kernel does without.
        boolean ignored = LibC.instance().signal(LibC.SIGINT, LibC.SIG_DFL) == LibC.SIG_IGN;
        if (ignored) {
            LibC.instance().signal(LibC.SIGINT, LibC.SIG_IGN);
        }
        return !ignored;
    }

    /** It is closed, or has been given up. */
    public void end() {
        ended.countDown();
    }
}
