package org.dmuser.sdk.daemon;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.dmuser.channel.ChannelEnd;
import org.dmuser.channel.DeliveredMessage;
import org.dmuser.channel.MessageHandler;

/** A link whose service is the test. */
final class FakeLink implements Link {
    private final long sectors;
    private final boolean readOnly;
    private final BlockingQueue<Runnable> steps = new LinkedBlockingQueue<>();
    private final CountDownLatch serviceEnd = new CountDownLatch(1);
    final CountDownLatch closed = new CountDownLatch(1);
    final List<String> reports = new CopyOnWriteArrayList<>();
    private volatile MessageHandler handler;
    private volatile ChannelEnd end = ChannelEnd.OPEN;

    FakeLink(long sectors, boolean readOnly) {
        this.sectors = sectors;
        this.readOnly = readOnly;
    }

    void deliver(DeliveredMessage message) {
        steps.add(() -> handler.onMessage(message));
    }

    boolean wasServed() {
        return handler != null;
    }

    /** The service ends the channel: the serving thread sees it in the file, the watcher on the socket. */
    void end(ChannelEnd how) {
        if (end == ChannelEnd.OPEN) {
            end = how;
        }
        steps.add(() -> {});
        serviceEnd.countDown();
    }

    /** As {@link #end}, but the watcher sees nothing of it before the link is closed. */
    void endUnwatched(ChannelEnd how) {
        end = how;
        steps.add(() -> {});
    }

    @Override
    public long sectors() {
        return sectors;
    }

    @Override
    public boolean readOnly() {
        return readOnly;
    }

    @Override
    public ChannelEnd serve(MessageHandler handler) {
        this.handler = handler;
        while (end == ChannelEnd.OPEN) {
            try {
                Runnable step = steps.take();
                if (end == ChannelEnd.OPEN) {
                    step.run();
                }
            } catch (InterruptedException e) {
                throw new AssertionError("nobody may interrupt a thread that serves", e);
            }
        }
        return end;
    }

    @Override
    public void awaitServiceEnd() {
        try {
            serviceEnd.await();
        } catch (InterruptedException e) {
            throw new AssertionError("nobody may interrupt a thread that watches", e);
        }
    }

    @Override
    public void report(String line) {
        reports.add(line);
    }

    @Override
    public void stop() {
        if (end == ChannelEnd.OPEN) {
            end = ChannelEnd.CLOSED;
        }
        steps.add(() -> {});
    }

    @Override
    public String endReason() {
        return "ended as " + end;
    }

    @Override
    public void close() {
        stop();
        closed.countDown();
        serviceEnd.countDown();
    }
}
