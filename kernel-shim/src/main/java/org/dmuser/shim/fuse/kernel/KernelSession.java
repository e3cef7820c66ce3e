package org.dmuser.shim.fuse.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;
import org.dmuser.channel.Errno;
import org.dmuser.channel.MessageQueue;
import org.dmuser.channel.MessageQueues;
import org.dmuser.channel.Seats;
import org.dmuser.shim.file.BlockFile;
import org.dmuser.shim.fuse.DeviceNode;
import org.dmuser.shim.fuse.MountOptions;
import org.dmuser.shim.fuse.Session;

/**
 * A mount, its readers and its requests, until the last of them has gone; and whoever else {@linkplain #hold holds} it,
 * because he serves some of its requests.
 */
public final class KernelSession implements Session {
    /** What a reader is told instead of the length of a request when there will be none any more. */
    static final int ENDED = -1;

    private final String name;
    private final KernelConnection connection;
    private final BlockFile file;
    private final Seats seats;
    private final ErrorHandler errors;
    private final Operations operations;
    private final Requests requests = new Requests(this);
    private final Lookers lookers;
    private final Readers readers;
    private final AtomicInteger holds = new AtomicInteger();

    /** Written before the session is started. */
    private final List<AutoCloseable> parts = new ArrayList<>();

    private final AtomicBoolean closed = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean unmounted;

    public KernelSession(KernelConnection connection, DeviceNode node, MountOptions options, ErrorHandler errors) {
        this.name = options.name();
        this.connection = connection;
        this.file = node.file();
        this.seats = options.seats();
        this.errors = errors;
        this.operations = new Operations(node, connection.maxWrite());
        this.lookers = new Lookers(this);
        this.readers = new Readers(this);
    }

    @Override
    public void start() {
        // First, for the readers may have left, and it have been taken off, before they have all been started.
        relief().add(readers);
        readers.start();
    }

    public String name() {
        return name;
    }

    public KernelConnection connection() {
        return connection;
    }

    public Seats seats() {
        return seats;
    }

    public ErrorHandler errors() {
        return errors;
    }

    public Operations operations() {
        return operations;
    }

    Requests requests() {
        return requests;
    }

    Lookers lookers() {
        return lookers;
    }

    Readers readers() {
        return readers;
    }

    public Relief relief() {
        return Relief.instance();
    }

    /** Where the requests' data comes to, if that is one queue. */
    public MessageQueue queue() {
        return file.queue();
    }

    /** Adds the queues that requests may come to, whose answers are looked for. */
    public void addQueues(MessageQueues queues) {
        file.addQueues(queues);
    }

    /** Whether there are no more requests to be had. */
    public boolean isEnded() {
        return unmounted;
    }

    /** There are no more requests to be read; answers {@link #ENDED}. */
    int end(Errno why) {
        if (why != Errno.ENODEV) {
            errors.onError(new IllegalStateException(
                    "device " + name + ": no request can be read from the kernel: " + why.text()));
        }
        unmounted = true;
        readers.wakeAll();
        return ENDED;
    }

    /** An answer could not be sent. */
    void onUnsent(FuseRequest request, int errno) {
        Errno why = Errno.of(errno);
        // Aborted, or unmounted: nobody waits for it any more.
        if (why != Errno.ENOENT && why != Errno.ENODEV && why != Errno.EPERM) {
            errors.onError(new IllegalStateException(
                    "device " + name + ": the kernel does not take the answer to " + request + ": " + why.text()));
        }
    }

    /** Has something closed before the connection is, when all requests have been answered. Before the start. */
    public void closeWith(AutoCloseable part) {
        parts.add(part);
    }

    /** Keeps the connection from being closed until {@link #release}: before the start, or while somebody holds it. */
    public void hold() {
        holds.getAndIncrement();
    }

    /** The caller has done what it held the connection for. */
    public void release() {
        holds.getAndDecrement();
        closeIfDone();
    }

    /** A request was received; how many are under way now. */
    public int requestBegins() {
        return requests.begins();
    }

    /** A request that had been received has been answered. */
    public void requestEnded() {
        if (requests.ends() == 0 && unmounted) {
            closeIfDone();
        }
    }

    void lastReaderLeft() {
        relief().remove(readers);
        closeIfDone();
    }

    private void closeIfDone() {
        if (requests.underWay() == 0 && readers.haveLeft() && holds.get() == 0 && closed.compareAndSet(false, true)) {
            CloseHelper.closeAll(errors, parts);
            connection.close();
            ended.countDown();
        }
    }

    @Override
    public boolean awaitEnd(long timeout, TimeUnit unit) throws InterruptedException {
        long deadlineNs = System.nanoTime() + unit.toNanos(timeout);
        return ended.await(timeout, unit) && readers.awaitEnd(deadlineNs);
    }

    @Override
    public boolean isConnected() {
        return !unmounted && connection.isConnected();
    }

    @Override
    public String describe() {
        return "requests " + requests.describe() + "; threads " + readers.describe();
    }
}
