package org.dmuser.examples.snapshot;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.dmuser.channel.Errno;
import org.dmuser.examples.snapshot.store.StoreFile;
import org.dmuser.examples.snapshot.store.StoreFiles;
import org.dmuser.sdk.BlockException;

/**
 * Files in memory that lose power: after so many operations every one fails. What was not synced by then is there
 * wholly, not at all, or in some of its sectors, as chance has it, each write for itself, whatever came before or after
 * it. For one thread at a time.
 */
final class PowerCut implements StoreFiles {
    private static final int SECTOR = 512;

    private final Random random;
    private final Map<String, Content> contents = new HashMap<>();

    /** Bytes of all files, at most. */
    private long room = Long.MAX_VALUE;

    private int operationsLeft = Integer.MAX_VALUE;

    PowerCut(long seed) {
        random = new Random(seed);
    }

    /** Has the power fail when so many operations have been done. */
    void failAfter(int operations) {
        operationsLeft = operations;
    }

    void room(long bytes) {
        room = bytes;
    }

    boolean hasFailed() {
        return operationsLeft == 0;
    }

    /** Brings the power back: what is left is what was on the disk. */
    void restore() {
        for (Content content : contents.values()) {
            content.losePower();
        }
        operationsLeft = Integer.MAX_VALUE;
    }

    /** Changes a byte behind everybody's back. */
    void flip(String name, int offset) {
        Content content = contents.get(name);
        content.now[offset] ^= 0x10;
        content.durable[offset] ^= 0x10;
    }

    long size(String name) {
        return contents.get(name).now.length;
    }

    @Override
    public StoreFile open(String name) {
        return contents.computeIfAbsent(name, key -> new Content());
    }

    private void operate() throws IOException {
        if (operationsLeft == 0) {
            throw new IOException("the power has failed");
        }
        operationsLeft--;
    }

    private long used() {
        return contents.values().stream()
                .mapToLong(content -> content.now.length)
                .sum();
    }

    /** What was done and may be lost. */
    private interface Change {
        /** Does it, in place or in a larger array. */
        byte[] apply(byte[] bytes);
    }

    private final class Content implements StoreFile {
        private byte[] now = new byte[0];
        private byte[] durable = new byte[0];
        private final List<Change> unsynced = new ArrayList<>();

        void losePower() {
            for (Change change : unsynced) {
                if (random.nextInt(3) > 0) {
                    durable = change.apply(durable);
                }
            }
            unsynced.clear();
            now = durable.clone();
        }

        private void change(Change whole, Change perhapsTorn) {
            now = whole.apply(now);
            unsynced.add(random.nextBoolean() ? whole : perhapsTorn);
        }

        @Override
        public long size() {
            return now.length;
        }

        @Override
        public void read(long offset, ByteBuffer dst) {
            while (dst.hasRemaining()) {
                dst.put(offset < now.length ? now[(int) offset] : 0);
                offset++;
            }
        }

        @Override
        public void write(long offset, ByteBuffer src) throws IOException {
            operate();
            byte[] bytes = new byte[src.remaining()];
            if (used() - now.length + Math.max(now.length, offset + bytes.length) > room) {
                throw new BlockException(Errno.ENOSPC, "no room");
            }
            src.get(bytes);
            boolean[] lost = new boolean[bytes.length / SECTOR + 2];
            for (int i = 0; i < lost.length; i++) {
                lost[i] = random.nextBoolean();
            }
            int at = (int) offset;
            change(old -> put(old, at, bytes, new boolean[lost.length]), old -> put(old, at, bytes, lost));
        }

        private byte[] put(byte[] old, int at, byte[] bytes, boolean[] lost) {
            byte[] changed = at + bytes.length > old.length ? Arrays.copyOf(old, at + bytes.length) : old;
            for (int i = 0; i < bytes.length; i++) {
                if (!lost[(at + i) / SECTOR - at / SECTOR]) {
                    changed[at + i] = bytes[i];
                }
            }
            return changed;
        }

        @Override
        public void sync() throws IOException {
            operate();
            unsynced.clear();
            durable = now.clone();
        }

        @Override
        public void allocate(long size) throws IOException {
            operate();
            if (used() - now.length + size > room) {
                throw new BlockException(Errno.ENOSPC, "no room");
            }
            Change change = old -> Arrays.copyOf(old, (int) Math.max(size, old.length));
            change(change, change);
        }

        @Override
        public void truncate(long size) throws IOException {
            operate();
            Change change = old -> Arrays.copyOf(old, (int) Math.min(size, old.length));
            change(change, change);
        }

        @Override
        public void punch(long offset, long length) throws IOException {
            operate();
            int from = (int) offset;
            change(old -> zero(old, from, from + length), old -> zero(old, from, from + length / 2));
        }

        private byte[] zero(byte[] old, int from, long to) {
            if (from < old.length) {
                Arrays.fill(old, from, (int) Math.min(to, old.length), (byte) 0);
            }
            return old;
        }

        @Override
        public void close() {}
    }
}
