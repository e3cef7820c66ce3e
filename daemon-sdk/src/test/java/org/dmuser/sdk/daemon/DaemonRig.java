package org.dmuser.sdk.daemon;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.dmuser.channel.DeliveredMessage;
import org.dmuser.channel.RequestType;
import org.dmuser.sdk.Handler;

/** A daemon between a handler and links that are both the test's. */
final class DaemonRig {
    static final long SECTORS = 2048;

    /** Longer than a test may take: what hangs is a test that fails, and no daemon that is given up. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofMinutes(10);

    final List<String> reports = new CopyOnWriteArrayList<>();
    final TestHandler handler = new TestHandler();
    /** Of each report one permit. */
    private final Semaphore reported = new Semaphore(0);

    private final BlockingQueue<FakeLink> attached = new LinkedBlockingQueue<>();
    private final BlockingQueue<Object> toAttach = new LinkedBlockingQueue<>();

    /** The next attempt to attach gets {@code link}. */
    void willAttach(FakeLink link) {
        toAttach.add(link);
    }

    /** The next attempt to attach fails. */
    void willFail(IOException why) {
        toAttach.add(why);
    }

    /** Whether there is a link that {@link #link} has not told of. */
    boolean hasAttached() {
        return !attached.isEmpty();
    }

    /** Whether something is left of what attempts were to get. */
    boolean hasLeft() {
        return !toAttach.isEmpty();
    }

    static FakeLink newLink() {
        return new FakeLink(SECTORS, false);
    }

    /** Of a daemon that gets its links from here. */
    DaemonContext context(Handler served) {
        return new DaemonContext()
                .device("disk")
                .handler("test", served)
                .reports(this::report)
                .closeTimeout(CLOSE_TIMEOUT)
                .connector(this::attach);
    }

    /** The same, of one that attaches again without delay. */
    DaemonContext reconnecting() {
        return context(handler).reconnect(true).retry(Duration.ofMillis(1), Duration.ofMillis(2));
    }

    /** Starts a daemon, with a link for each of its channels. */
    BlockDaemon launch(DaemonContext context) throws IOException {
        for (int i = 0; i < context.channels(); i++) {
            willAttach(newLink());
        }
        return BlockDaemon.launch(context);
    }

    private void report(String line) {
        reports.add(line);
        reported.release();
    }

    /** Waits for a report that nobody has waited for. */
    void awaitReport() throws InterruptedException {
        assertTrue(reported.tryAcquire(120, TimeUnit.SECONDS), "there is no report");
    }

    private Link attach() throws IOException {
        Object next;
        try {
            next = toAttach.poll(120, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        if (next instanceof IOException e) {
            throw e;
        }
        attached.add((FakeLink) next);
        return (FakeLink) next;
    }

    /** The next link that a daemon has attached to. */
    FakeLink link() throws InterruptedException {
        FakeLink link = attached.poll(120, TimeUnit.SECONDS);
        assertNotNull(link, "nobody attached");
        return link;
    }

    /** A message for its handler. */
    static DeliveredMessage flush() {
        DeliveredMessage message = mock();
        when(message.type()).thenReturn(RequestType.FLUSH.wire());
        return message;
    }
}
