package org.dmuser.sdk.daemon;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.dmuser.channel.ChannelEnd;
import org.dmuser.sdk.DeviceInfo;
import org.dmuser.sdk.config.ByteSize;
import org.dmuser.sdk.daemon.DaemonEnd.Cause;
import org.dmuser.sdk.dispatch.HandlerDispatcher;

/** One channel's life: serves a link until that ends, and the next one if the daemon is to reconnect. */
final class ChannelRunner {
    /** Where the runner tells that it has ended. */
    interface Listener {
        /** Called once or more; the first time counts. */
        void onEnd(ChannelRunner runner, DaemonEnd end);
    }

    private final DaemonContext context;
    private final HandlerDispatcher dispatcher;
    private final Listener listener;
    private final String name;
    private final Retry retry;

    private Link link;
    private boolean stopping;

    /** Whether it has been reported as ended while its thread was still busy: that must not come back to life. */
    private boolean gaveUp;

    ChannelRunner(DaemonContext context, HandlerDispatcher dispatcher, Listener listener, int index, Link link) {
        this.context = context;
        this.dispatcher = dispatcher;
        this.listener = listener;
        this.name = "dmuser-" + context.device() + "-" + index;
        this.retry = new Retry(context);
        this.link = link;
    }

    void start() {
        daemonThread(name, this::run).start();
    }

    /** Has it finish what was taken and take no more. */
    void stop() {
        Link current;
        synchronized (this) {
            stopping = true;
            current = link;
        }
        current.stop();
        retry.cancel();
    }

    /** Lets go of the link at once, for good: what was taken fails. */
    void abandon() {
        Link current;
        synchronized (this) {
            gaveUp = true;
            current = link;
        }
        current.close();
    }

    /** Notes a line in the link of the moment. */
    void report(String line) {
        Link current;
        synchronized (this) {
            current = link;
        }
        current.report(line);
    }

    private synchronized boolean isStopping() {
        return stopping;
    }

    private synchronized boolean isOver() {
        return stopping || gaveUp;
    }

    private void run() {
        DaemonEnd end;
        try {
            end = serve(link);
            while (shouldRetry(end)) {
                end = attachAgain(end) ? serve(link) : new DaemonEnd(Cause.STOPPED, "stopped while " + end.reason());
            }
        } catch (RuntimeException | Error e) {
            link.close();
            end = new DaemonEnd(Cause.FAILED, String.valueOf(e.getMessage() == null ? e : e.getMessage()));
        }
        listener.onEnd(this, end);
    }

    private DaemonEnd serve(Link serving) {
        CountDownLatch served = new CountDownLatch(1);
        daemonThread(name + "-watch", () -> watch(serving, served)).start();
        try {
            ChannelEnd end = serving.serve(dispatcher);
            if (end == ChannelEnd.CLOSED) {
                // An asynchronous handler may still be at it. All channels are stopping, so this comes to an end.
                dispatcher.awaitIdle(context.closeTimeout());
            }
            return DaemonEnd.of(end, serving.endReason(), isStopping());
        } finally {
            served.countDown();
            serving.close();
        }
    }

    /** Sees to it that a handler that hangs does not keep the daemon alive when the device has gone. */
    private void watch(Link watched, CountDownLatch served) {
        watched.awaitServiceEnd();
        try {
            if (!served.await(context.closeTimeout().toNanos(), TimeUnit.NANOSECONDS) && giveUp(served)) {
                String hang = dispatcher.describeHang(context.closeTimeout());
                listener.onEnd(this, new DaemonEnd(Cause.HUNG, watched.endReason() + ", but " + hang));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** False if it was served to the end just now, and goes on with the next link perhaps. */
    private synchronized boolean giveUp(CountDownLatch served) {
        // The count goes down before isOver() is asked: either that sees the flag, or this sees the count.
        gaveUp |= served.getCount() > 0;
        return gaveUp;
    }

    private boolean shouldRetry(DaemonEnd end) {
        return context.reconnect() && (end.cause() == Cause.DEVICE_GONE || end.cause() == Cause.SERVICE_LOST);
    }

    /** False if it was stopped or given up first. */
    private boolean attachAgain(DaemonEnd end) {
        if (isOver()) {
            return false;
        }
        context.reports().accept(name + ": " + end.reason() + "; trying again until it is back");
        Link next = retry.attach();
        if (next == null) {
            return false;
        }
        requireSame(dispatcher.device(), next);
        if (!replaceLink(next)) {
            next.close();
            return false;
        }
        context.reports().accept(name + ": attached again");
        return true;
    }

    private synchronized boolean replaceLink(Link next) {
        if (isOver()) {
            return false;
        }
        link = next;
        return true;
    }

    /** The handler was opened for one device, and cannot be told that it is another now. */
    static void requireSame(DeviceInfo device, Link link) {
        long size = link.sectors() * ByteSize.SECTOR;
        if (size != device.size() || link.readOnly() != device.readOnly()) {
            link.close();
            throw new IllegalStateException(
                    "device " + device.name() + " had " + describe(device.size(), device.readOnly()) + " and has "
                            + describe(size, link.readOnly()) + " now; start the daemon anew");
        }
    }

    private static String describe(long size, boolean readOnly) {
        return ByteSize.format(size) + (readOnly ? ", read-only," : "");
    }

    private static Thread daemonThread(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
