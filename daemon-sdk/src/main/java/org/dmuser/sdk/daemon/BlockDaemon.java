package org.dmuser.sdk.daemon;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.dmuser.sdk.DeviceInfo;
import org.dmuser.sdk.config.ByteSize;
import org.dmuser.sdk.daemon.DaemonEnd.Cause;
import org.dmuser.sdk.dispatch.HandlerDispatcher;

/**
 * A handler at work for a device of a service, perhaps in another process.
 *
 * <pre>{@code
 * DaemonContext context = new DaemonContext().controlSocket(socket).device("disk").handler("mine", new MyHandler());
 * try (BlockDaemon daemon = BlockDaemon.launch(context)) {
 *     System.out.println(daemon.awaitEnd().reason());
 * }
 * }</pre>
 *
 * <p>To replace a daemon without an error to anyone, launch the next one first, then {@link #stop} this one: it
 * finishes what it has taken, and the other takes the rest. Every method may be called from any thread.
 */
public final class BlockDaemon implements AutoCloseable {
    private final DaemonContext context;
    private final HandlerDispatcher dispatcher;
    private final List<ChannelRunner> runners = new ArrayList<>();
    private final CountDownLatch ended = new CountDownLatch(1);

    /** The first runner, once there is one: the handler may have something to say before. */
    private volatile ChannelRunner reporter;

    private final Set<ChannelRunner> running = new HashSet<>();
    private DaemonEnd firstEnd;
    private boolean anyHung;

    private BlockDaemon(DaemonContext context, DeviceInfo device, List<Link> links) throws IOException {
        this.context = context;
        this.dispatcher = HandlerDispatcher.open(context.handlerName(), context.handler(), device, this::report);
        for (int i = 0; i < links.size(); i++) {
            runners.add(new ChannelRunner(context, dispatcher, this::onEnd, i, links.get(i)));
        }
        running.addAll(runners);
        reporter = runners.get(0);
    }

    /**
     * Attaches, opens the handler, and begins to serve. If it throws, the handler has been closed and nothing is
     * left, except by a context that lacks something: then the handler is still the caller's.
     *
     * @throws IOException if there is no such service or device, or the handler cannot serve it; one clear line
     */
    public static BlockDaemon launch(DaemonContext context) throws IOException {
        context.conclude();
        List<Link> links = new ArrayList<>();
        try {
            DeviceInfo device = attach(context, links);
            BlockDaemon daemon = new BlockDaemon(context, device, links);
            daemon.runners.forEach(ChannelRunner::start);
            return daemon;
        } catch (IOException | RuntimeException | Error e) {
            links.forEach(Link::close);
            throw e;
        }
    }

    /** The device it serves. */
    public DeviceInfo device() {
        return dispatcher.device();
    }

    /** Blocks until the daemon has ended and its handler has been closed. Returns how the first channel to end did. */
    public DaemonEnd awaitEnd() throws InterruptedException {
        ended.await();
        synchronized (this) {
            return firstEnd;
        }
    }

    /** Has it finish what it has taken, take no more, and end. Returns at once. */
    public void stop() {
        runners.forEach(ChannelRunner::stop);
    }

    /**
     * Stops it and waits until it has ended, or the time to close is up. Then a handler that hangs is reported, and
     * what it was given fails.
     */
    @Override
    public void close() {
        stop();
        try {
            if (!ended.await(context.closeTimeout().toNanos(), TimeUnit.NANOSECONDS)) {
                DaemonEnd hung =
                        new DaemonEnd(Cause.HUNG, "stopped, but " + dispatcher.describeHang(context.closeTimeout()));
                runners.forEach(ChannelRunner::abandon);
                runners.forEach(runner -> onEnd(runner, hung));
            }
        } catch (InterruptedException e) {
            runners.forEach(ChannelRunner::abandon);
            Thread.currentThread().interrupt();
        }
    }

    private static DeviceInfo attach(DaemonContext context, List<Link> links) throws IOException {
        try {
            Link first = context.connector().attach();
            links.add(first);
            DeviceInfo device = new DeviceInfo(
                    context.device(), first.sectors() * ByteSize.SECTOR, first.readOnly(), context.runDirectory());
            while (links.size() < context.channels()) {
                Link link = context.connector().attach();
                ChannelRunner.requireSame(device, link);
                links.add(link);
            }
            return device;
        } catch (IOException | RuntimeException e) {
            closeUnopened(context, e);
            throw e;
        }
    }

    private static void closeUnopened(DaemonContext context, Exception failure) {
        try {
            context.handler().close();
        } catch (IOException | RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    /** To the log, and to the first channel, whose log outlives this process. */
    private void report(String line) {
        context.reports().accept(line);
        ChannelRunner first = reporter;
        if (first != null) {
            first.report(line);
        }
    }

    private void onEnd(ChannelRunner runner, DaemonEnd end) {
        boolean last;
        boolean hung;
        synchronized (this) {
            if (!running.remove(runner)) {
                return;
            }
            if (firstEnd == null) {
                firstEnd = end;
            }
            anyHung |= end.cause() == Cause.HUNG;
            hung = anyHung;
            last = running.isEmpty();
        }
        if (!last && !end.expected()) {
            context.reports().accept("a channel of " + context.device() + " has ended: " + end.reason());
        }
        if (last) {
            closeHandler(hung ? Duration.ZERO : context.closeTimeout());
            ended.countDown();
        }
    }

    /** One that hangs has had its time. */
    private void closeHandler(Duration timeout) {
        try {
            dispatcher.close(timeout);
        } catch (IOException e) {
            context.reports().accept(e.getMessage());
        }
    }
}
