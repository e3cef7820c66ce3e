package org.dmuser.examples.snapshot;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.dmuser.channel.Errno;
import org.dmuser.examples.snapshot.store.Base;
import org.dmuser.examples.snapshot.store.SnapshotStore;
import org.dmuser.examples.snapshot.store.StoreFile;
import org.dmuser.examples.snapshot.store.StoreFiles;
import org.dmuser.examples.snapshot.store.StoreOptions;
import org.dmuser.sdk.BlockException;
import org.junit.jupiter.api.Test;

/** A flush that waits for another commit may believe in that only if it has come to its end. */
class FlushBesideFailureTest {
    private static final int FLUSHES = 3000;
    private static final int BLOCK = 4096;

    private volatile boolean full;
    private volatile boolean flushing = true;
    private volatile boolean dirty;

    @Test
    void shouldSyncWhenTheCommitItWaitedForHadNoRoom() throws Exception {
        PowerCut disk = new PowerCut(1);
        StoreFiles files = name -> new Watched(name, disk.open(name));
        SnapshotStore store = SnapshotStore.open(files, new NoBase(), new StoreOptions(BLOCK, 0, ""));
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (SnapshotHandler handler = SnapshotHandler.of(new NoBase(), store)) {
            handler.write(0, ByteBuffer.allocate(BLOCK));
            fill(store);
            Future<?> failing = thread.submit(() -> {
                while (flushing) {
                    assertThrows(IOException.class, () -> store.create("one-more"));
                }
            });
            for (int i = 0; i < FLUSHES; i++) {
                handler.write(0, ByteBuffer.allocate(BLOCK));
                handler.flush();
                assertFalse(dirty, "flush " + i + " has returned, and what was written before is not synced");
            }
            flushing = false;
            failing.get(120, TimeUnit.SECONDS);
            full = false;
        } finally {
            flushing = false;
            full = false;
            thread.shutdown();
        }
    }

    /** Until there is no room for the map of another snapshot. */
    private void fill(SnapshotStore store) {
        full = true;
        assertThrows(BlockException.class, () -> {
            for (int i = 0; i < 1000; i++) {
                store.create("s" + i);
            }
        });
    }

    /** Zeros, and large: so is the map. */
    private static final class NoBase implements Base {
        @Override
        public long size() {
            return 64L << 30;
        }

        @Override
        public void read(long offset, ByteBuffer dst) {
            while (dst.hasRemaining()) {
                dst.put((byte) 0);
            }
        }

        @Override
        public void close() {}
    }

    private final class Watched implements StoreFile {
        private final boolean isData;
        private final StoreFile file;

        Watched(String name, StoreFile file) {
            this.isData = name.equals("data");
            this.file = file;
        }

        @Override
        public synchronized long size() throws IOException {
            return file.size();
        }

        @Override
        public synchronized void read(long offset, ByteBuffer dst) throws IOException {
            file.read(offset, dst);
        }

        @Override
        public synchronized void write(long offset, ByteBuffer src) throws IOException {
            file.write(offset, src);
            dirty |= isData;
        }

        @Override
        public synchronized void sync() throws IOException {
            file.sync();
            dirty &= !isData;
        }

        @Override
        public synchronized void allocate(long size) throws IOException {
            if (full) {
                throw new BlockException(Errno.ENOSPC, "no room");
            }
            file.allocate(size);
        }

        @Override
        public ByteBuffer map(int size) throws IOException {
            return file.map(size);
        }

        @Override
        public synchronized void truncate(long size) throws IOException {
            file.truncate(size);
        }

        @Override
        public synchronized void punch(long offset, long length) throws IOException {
            file.punch(offset, length);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
