package org.dmuser.examples.backup.repository;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.dmuser.channel.Uninterruptible;
import org.dmuser.examples.backup.repository.crypto.Sealer;
import org.dmuser.examples.backup.repository.format.ChunkId;
import org.dmuser.examples.backup.repository.format.PackDirectory;
import org.dmuser.examples.backup.repository.storage.Storage;

/**
 * Puts stored bytes into packs.
 *
 * <pre>
 *   append (any thread): space in the open pack, under the lock -> bytes into it, without
 *   the pack is full   : made durable and named by a thread of its own, while the next one is filled
 *   beginFinish        : the open pack as it is, in the same way
 *   finish             : the same, and wait until all have their names
 * </pre>
 *
 * <p>After a failure nothing more is written: every later call fails with it. The lock is held while nothing but fields
 * change, and while a file is created.
 */
final class PackWriter implements AutoCloseable {
    private static final long PACK_LENGTH = 32L * 1024 * 1024;
    /** Full packs that wait to be durable; more would only fill memory. */
    private static final int FINISHING_MAX = 2;

    private final Storage storage;
    private final Sealer sealer;
    private final Finished finished;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition fewer = lock.newCondition();
    private ExecutorService finisher;
    private OpenPack open;
    /** Packs without a name: the open one, those that wait to be durable, and those that failed. */
    private final Set<OpenPack> unfinished = new HashSet<>();

    private Throwable failure;
    private long writtenBytes;

    /** Is told of each pack that has its name; by one thread at a time. */
    interface Finished {
        void accept(String pack, PackDirectory directory) throws IOException;
    }

    PackWriter(Storage storage, Sealer sealer, Finished finished) {
        this.storage = storage;
        this.sealer = sealer;
        this.finished = finished;
    }

    void append(ChunkId id, ByteBuffer stored, int plainLength, int crc, int kind) throws IOException {
        OpenPack pack;
        long offset;
        lock.lock();
        try {
            requireWorking();
            if (open == null) {
                awaitUnfinished(FINISHING_MAX);
            }
            // Another thread may have begun one meanwhile.
            if (open == null) {
                open = new OpenPack(storage.upload());
                unfinished.add(open);
            }
            pack = open;
            offset = pack.reserve(id, stored.remaining(), plainLength, crc, kind);
            writtenBytes += stored.remaining();
            if (pack.end() >= PACK_LENGTH) {
                pack.seal();
                open = null;
            }
        } finally {
            lock.unlock();
        }
        pack.fill(offset, stored);
        if (filled(pack)) {
            inBackground(pack);
        }
    }

    private boolean filled(OpenPack pack) {
        lock.lock();
        try {
            return pack.filled();
        } finally {
            lock.unlock();
        }
    }

    private void inBackground(OpenPack pack) {
        lock.lock();
        try {
            if (finisher == null) {
                finisher = Executors.newSingleThreadExecutor(task -> {
                    Thread thread = new Thread(task, "backup-packs");
                    thread.setDaemon(true);
                    return thread;
                });
            }
            finisher.execute(() -> finish(pack));
        } finally {
            lock.unlock();
        }
    }

    private void finish(OpenPack pack) {
        try (pack) {
            finished.accept(pack.finish(sealer), pack.directory());
        } catch (IOException | RuntimeException | Error e) {
            fail(e);
        }
        lock.lock();
        try {
            unfinished.remove(pack);
            fewer.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more is to be written: some of what should have been was not. */
    void fail(Throwable e) {
        lock.lock();
        try {
            failure = failure == null ? e : failure;
            fewer.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Begins what {@link #finish} does. No thread appends before that has returned. */
    void beginFinish() {
        lock.lock();
        try {
            if (open != null) {
                inBackground(open);
                open = null;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until everything appended is in packs that have their names. No thread appends meanwhile. */
    void finish() throws IOException {
        OpenPack last;
        lock.lock();
        try {
            requireWorking();
            last = open;
            open = null;
        } finally {
            lock.unlock();
        }
        // Those before it first, for they are finished by another thread.
        awaitOthers(last == null ? 0 : 1);
        if (last != null) {
            finish(last);
        }
        awaitOthers(0);
    }

    private void awaitOthers(int most) throws IOException {
        lock.lock();
        try {
            awaitUnfinished(most);
        } finally {
            lock.unlock();
        }
    }

    private void awaitUnfinished(int most) throws IOException {
        while (unfinished.size() > most && failure == null) {
            fewer.awaitUninterruptibly();
        }
        requireWorking();
    }

    private void requireWorking() throws IOException {
        if (failure != null) {
            throw new IOException(failure.getMessage(), failure);
        }
    }

    /** Stored bytes of all chunks appended. */
    long writtenBytes() {
        lock.lock();
        try {
            return writtenBytes;
        } finally {
            lock.unlock();
        }
    }

    /** What is not in a pack with a name is lost. Waits for one that is about to get its name. */
    @Override
    public void close() throws IOException {
        fail(new IOException("the writer is closed"));
        if (finisher != null) {
            finisher.shutdown();
            Uninterruptible.await(() -> finisher.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS));
        }
        for (OpenPack pack : unfinished) {
            pack.close();
        }
    }
}
