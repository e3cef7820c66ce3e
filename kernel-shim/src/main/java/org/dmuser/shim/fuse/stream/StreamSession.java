package org.dmuser.shim.fuse.stream;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.ManyToManyConcurrentArrayQueue;
import org.dmuser.channel.Errno;
import org.dmuser.shim.fuse.OpenCount;
import org.dmuser.shim.fuse.Session;
import org.dmuser.shim.fuse.kernel.KernelConnection;
import org.dmuser.shim.fuse.protocol.Opcode;
import org.dmuser.shim.fuse.protocol.OpenOut;
import org.dmuser.shim.fuse.protocol.ReadIn;
import org.dmuser.shim.fuse.protocol.StatfsOut;

/**
 * The directory's connection and its one thread, which does whatever it is asked for at once: a read without a message
 * is left to whoever submits one. So nothing a daemon does, or does not do, keeps another from being served.
 *
 * <p>The connection is closed when the thread has left and no read is still to be answered by another.
 */
final class StreamSession implements Session, Runnable {
    private static final int READS_KEPT = 128;
    private static final int BLOCK_SIZE = 4096;

    /** An error that stays must not keep a processor busy. */
    private static final long PAUSE_AFTER_ERROR_NS = 10_000_000;

    private final KernelConnection connection;
    private final ErrorHandler errors;
    private final Exchange exchange;
    private final DirectoryCalls directory;
    private final ChannelCalls channels;
    private final Thread thread;
    private final ManyToManyConcurrentArrayQueue<ReadAnswer> idle = new ManyToManyConcurrentArrayQueue<>(READS_KEPT);

    /** Those that use the connection: the thread, and the reads that are not answered. */
    private final AtomicInteger users = new AtomicInteger(1);

    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean unmounted;

    StreamSession(
            String name,
            KernelConnection connection,
            Supplier<List<StreamNode>> nodes,
            OpenCount opens,
            ErrorHandler errors,
            Consumer<String> events) {
        this.connection = connection;
        this.errors = errors;
        this.exchange = new Exchange(connection.sleepingFd(), connection.maxWrite(), errors);
        this.directory = new DirectoryCalls(nodes);
        this.channels = new ChannelCalls(directory, opens, events);
        this.thread = new Thread(null, this, "fuse-" + name, 0, false);
        thread.setDaemon(true);
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public void run() {
        try {
            while (!unmounted) {
                takeOne();
            }
            channels.closeAll();
        } finally {
            leave();
        }
    }

    private void takeOne() {
        int length = exchange.receive();
        if (length < 0) {
            notReceived(Errno.of(-length));
            return;
        }
        try {
            exchange.check();
            serve();
        } catch (RuntimeException | Error e) {
            errors.onError(e);
            if (exchange.isOpen()) {
                exchange.answer(Errno.EIO);
            }
        }
    }

    private void notReceived(Errno why) {
        switch (why) {
            // Interrupted by a signal, or withdrawn before it was read.
            case EINTR, ENOENT -> {}
            case ENODEV -> unmounted = true;
            default -> {
                errors.onError(new IllegalStateException("no request can be read from the kernel: " + why.text()));
                LockSupport.parkNanos(PAUSE_AFTER_ERROR_NS);
            }
        }
    }

    private void serve() {
        switch (exchange.opcode()) {
            case Opcode.READ -> read();
            case Opcode.WRITE -> channels.write(exchange);
            case Opcode.INTERRUPT -> channels.interrupt(exchange);
            case Opcode.OPEN -> channels.open(exchange);
            case Opcode.RELEASE -> channels.release(exchange);
            case Opcode.LOOKUP -> directory.lookUp(exchange);
            // Mode, owner and size are what they are; a shell's ">" cuts a file before it writes.
            case Opcode.GETATTR, Opcode.SETATTR -> directory.attributes(exchange);
            case Opcode.READDIR -> directory.read(exchange);
            case Opcode.OPENDIR -> {
                OpenOut.put(exchange.answerBody(), 0);
                exchange.answer(OpenOut.LENGTH);
            }
            case Opcode.STATFS -> {
                StatfsOut.put(exchange.answerBody(), 0, BLOCK_SIZE);
                exchange.answer(StatfsOut.LENGTH);
            }
            case Opcode.RELEASEDIR, Opcode.DESTROY -> exchange.answer(Errno.OK);
            case Opcode.FORGET, Opcode.BATCH_FORGET -> exchange.leaveUnanswered();
            case Opcode.IOCTL -> exchange.answer(Errno.EOPNOTSUPP);
            // Names come and go with targets.
            case Opcode.SYMLINK,
                    Opcode.MKNOD,
                    Opcode.MKDIR,
                    Opcode.UNLINK,
                    Opcode.RMDIR,
                    Opcode.RENAME,
                    Opcode.LINK,
                    Opcode.CREATE -> exchange.answer(Errno.EPERM);
            // The kernel then does what it does for files without: poll, for one, says that it is always ready.
            default -> exchange.answer(Errno.ENOSYS);
        }
    }

    private void read() {
        // By way of splice or mmap. Pages that wait for a message would keep all others who open the file.
        if (!ReadIn.hasReader(exchange.body())) {
            exchange.answer(Errno.EOPNOTSUPP);
            return;
        }
        ReadAnswer answer = idle.poll();
        if (answer == null) {
            answer = new ReadAnswer(connection.sleepingFd(), errors, this::answered);
        }
        users.getAndIncrement();
        channels.read(exchange, answer);
    }

    /** By whoever has answered it. */
    private void answered(ReadAnswer answer) {
        idle.offer(answer);
        leave();
    }

    private void leave() {
        if (users.decrementAndGet() == 0) {
            connection.close();
            ended.countDown();
        }
    }

    @Override
    public boolean awaitEnd(long timeout, TimeUnit unit) throws InterruptedException {
        long deadlineNs = System.nanoTime() + unit.toNanos(timeout);
        if (!ended.await(timeout, unit)) {
            return false;
        }
        thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadlineNs - System.nanoTime())));
        return !thread.isAlive();
    }

    @Override
    public boolean isConnected() {
        return !unmounted && connection.isConnected();
    }

    @Override
    public String describe() {
        return "users of its connection: " + users.get();
    }
}
