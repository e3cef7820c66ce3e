package org.dmuser.examples.backup.work;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.dmuser.channel.OwnerOnly;
import org.dmuser.examples.backup.repository.Zeros;
import org.dmuser.sdk.file.FileTransfer;
import org.dmuser.sdk.file.LockedFile;

/**
 * Where an image is restored to.
 *
 * <pre>
 *   no such file     written as TARGET.partial, and renamed when it is whole: what is called TARGET is
 *   TARGET.partial   of a restore that was broken off: what is right already stays
 *   file, device     only if asked for: what differs is overwritten, in place
 * </pre>
 *
 * <p>It is locked while this is open: against a second restore, of another point perhaps, and against the daemon of a
 * device whose origin it is. A block device must not be mounted.
 *
 * <p>Any thread, each at places of its own.
 */
public final class RestoreTarget implements AutoCloseable {
    private static final String PARTIAL = ".partial";
    private static final int ZERO_BLOCK = 64 * 1024;

    /** What may be in the page cache before the disk is told to begin with it: it is not all left for the end. */
    private static final long FLUSH_EVERY = 128L * 1024 * 1024;

    private final Path name;
    private final Path path;
    private final boolean fresh;
    private final LockedFile lock;
    private final FileChannel channel;
    private final Optional<UncachedWrites> uncached;
    private volatile IOException flushFailure;
    private final AtomicLong unflushed = new AtomicLong();
    private final ExecutorService flusher = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "restore-flush");
        thread.setDaemon(true);
        return thread;
    });

    private RestoreTarget(
            Path name,
            Path path,
            boolean fresh,
            LockedFile lock,
            FileChannel channel,
            Optional<UncachedWrites> uncached) {
        this.name = name;
        this.path = path;
        this.fresh = fresh;
        this.lock = lock;
        this.channel = channel;
        this.uncached = uncached;
    }

    /**
     * Opens or makes it.
     *
     * @param size bytes of the image
     * @param overwrite whether something that is there may be overwritten
     * @throws IOException with words for the user if it may not, or cannot be
     */
    public static RestoreTarget open(Path target, long size, boolean overwrite) throws IOException {
        if (Files.isDirectory(target)) {
            throw new IOException(target + " is a directory: name a file, or a block device");
        }
        boolean there = Files.exists(target);
        if (there && !overwrite) {
            throw new IOException(target + " exists already: --overwrite writes to it what differs from the image");
        }
        Path path = there ? target : target.resolveSibling(target.getFileName() + PARTIAL);
        boolean fresh = !Files.exists(path);
        if (fresh) {
            Files.createFile(path, OwnerOnly.file());
        }
        LockedFile lock = LockedFile.tryLock(path)
                .orElseThrow(() -> new IOException(path + " is in use by another process: end that first"));
        try {
            FileChannel channel = lock.open(READ, WRITE);
            try {
                requireSize(path, channel, size);
                return new RestoreTarget(target, path, fresh, lock, channel, UncachedWrites.open(lock, path));
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            lock.close();
            throw e;
        }
    }

    private static void requireSize(Path path, FileChannel channel, long size) throws IOException {
        long length = channel.size();
        if (Files.isRegularFile(path)) {
            if (length != size) {
                setLength(path, channel, size);
            }
        } else if (length < size) {
            throw new IOException(path + " has " + length + " bytes, and the image " + size);
        }
    }

    private static void setLength(Path path, FileChannel channel, long size) throws IOException {
        long length = channel.size();
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(size);
        } catch (IOException e) {
            throw new IOException(
                    path + " has " + length + " bytes, the image " + size + ", and the size cannot be changed: "
                            + e.getMessage(),
                    e);
        }
        if (channel.size() != size) {
            throw new IOException(path + " stays at " + channel.size() + " bytes, and the image has " + size);
        }
    }

    /** Whether nothing was written to it yet: it is zeros from end to end. */
    boolean isFresh() {
        return fresh;
    }

    /** Where the bytes are while it is not complete. */
    public Path path() {
        return path;
    }

    /** Fills {@code dst}. */
    void read(long offset, ByteBuffer dst) throws IOException {
        FileTransfer.readFully(path, channel, offset, dst);
    }

    /** @param src a direct one; from {@link UncachedWrites#buffer} it takes less time */
    void write(long offset, ByteBuffer src) throws IOException {
        long end = offset + src.remaining();
        uncached.ifPresent(way -> way.write(offset, src));
        beginFlush(src.remaining());
        try {
            FileTransfer.writeFully(channel, end - src.remaining(), src);
        } catch (IOException e) {
            throw new IOException(path + ": " + e.getMessage() + "; run the command again to go on", e);
        }
    }

    private void beginFlush(int length) {
        long sum = unflushed.addAndGet(length);
        if (sum >= FLUSH_EVERY && unflushed.compareAndSet(sum, 0)) {
            flusher.execute(this::flush);
        }
    }

    private void flush() {
        try {
            channel.force(false);
        } catch (IOException e) {
            // The kernel tells it once, and not again when all of it is made durable.
            flushFailure = e;
        }
    }

    void writeZeros(long offset, long length) throws IOException {
        for (long end = offset + length; offset < end; ) {
            int count = (int) Math.min(ZERO_BLOCK, end - offset);
            write(offset, Zeros.block(count));
            offset += count;
        }
    }

    /** Makes durable what was written; after that nothing is. */
    void force() throws IOException {
        awaitFlushes();
        channel.force(true);
        if (flushFailure != null) {
            throw flushFailure;
        }
    }

    /** Makes it durable, and gives it its name. */
    void complete() throws IOException {
        force();
        if (!path.equals(name)) {
            Files.move(path, name, ATOMIC_MOVE);
            try (FileChannel directory = FileChannel.open(name.toAbsolutePath().getParent(), READ)) {
                directory.force(true);
            }
        }
    }

    private void awaitFlushes() throws InterruptedIOException {
        flusher.shutdown();
        try {
            flusher.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while " + path + " was made durable");
        }
    }

    @Override
    public void close() throws IOException {
        flusher.shutdown();
        try (lock;
                channel) {
            if (uncached.isPresent()) {
                uncached.get().close();
            }
        }
    }
}
