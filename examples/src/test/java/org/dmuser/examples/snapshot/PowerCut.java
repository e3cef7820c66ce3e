package org.dmuser.examples.snapshot;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.dmuser.channel.Errno;
import org.dmuser.examples.snapshot.store.StoreFile;
import org.dmuser.examples.snapshot.store.StoreFiles;
import org.dmuser.sdk.BlockException;

/**
 * Files in memory that lose power: after so many operations every one fails. What was not synced by then is there
 * wholly, not at all, or in some of its sectors, as chance has it, each write for itself, whatever came before or after
 * it. Or it is the process that is killed: then all is there that was done, and of what was being done a part. For one
 * thread at a time.
 */
final class PowerCut implements StoreFiles {
    private static final int SECTOR = 512;

    private final Random random;
    private final Map<String, Content> contents = new HashMap<>();

    /** Bytes of all files, at most. */
    private long room = Long.MAX_VALUE;

    private int operationsLeft = Integer.MAX_VALUE;

    /** Whether an operation has found that the end has come. */
    private boolean failed;

    private UUID boot = new UUID(0, 0);

    PowerCut(long seed) {
        random = new Random(seed);
    }

    /** Has the power fail, or the process be killed, when so many operations have been done. */
    void failAfter(int operations) {
        operationsLeft = operations;
        failed = false;
    }

    @Override
    public UUID boot() {
        return boot;
    }

    void room(long bytes) {
        room = bytes;
    }

    boolean hasFailed() {
        return failed;
    }

    /** Brings the power back: what is left is what was on the disk. */
    void restore() {
        for (Content content : contents.values()) {
            content.losePower();
        }
        boot = UUID.randomUUID();
        failAfter(Integer.MAX_VALUE);
    }

    /** Begins after a kill: with all that was done before the operation that failed. */
    void reopen() {
        for (Content content : contents.values()) {
            content.outliveProcess();
        }
        failAfter(Integer.MAX_VALUE);
    }

    /** Begins after a kill that is now. */
    void kill() {
        contents.values().forEach(Content::noteKill);
        reopen();
    }

    /** Changes a byte behind everybody's back. */
    void flip(String name, int offset) {
        Content content = contents.get(name);
        if (content.mapped != null) {
            content.mapped.put(offset, (byte) (content.mapped.get(offset) ^ 0x10));
            return;
        }
        content.now[offset] ^= 0x10;
        content.durable[offset] ^= 0x10;
    }

    /** Makes a range zeros behind everybody's back. */
    void wipe(String name, int from, int to) {
        Content content = contents.get(name);
        Arrays.fill(content.now, from, to, (byte) 0);
        Arrays.fill(content.durable, from, to, (byte) 0);
    }

    /** Of all. */
    long size() {
        return used();
    }

    long size(String name) {
        return contents.get(name).now.length;
    }

    @Override
    public StoreFile open(String name) {
        return contents.computeIfAbsent(name, key -> new Content());
    }

    private void operate() throws IOException {
        operate(() -> {});
    }

    private void operate(Runnable part) throws IOException {
        if (operationsLeft > 0) {
            operationsLeft--;
            return;
        }
        if (!failed) {
            failed = true;
            part.run();
            contents.values().forEach(Content::noteKill);
        }
        throw new IOException("the power has failed");
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

        /** What memory shows of it; null if none does. It outlives whatever happens: boot says what it is worth. */
        private ByteBuffer mapped;

        private ByteBuffer mappedAtKill;

        void noteKill() {
            if (mapped != null) {
                mappedAtKill = copy(mapped);
            }
        }

        /** What the process did after it had been killed has not happened. */
        void outliveProcess() {
            mapped = mappedAtKill;
        }

        private ByteBuffer copy(ByteBuffer bytes) {
            return ByteBuffer.allocate(bytes.capacity())
                    .put(bytes.duplicate().clear())
                    .clear();
        }

        @Override
        public ByteBuffer map(int size) throws IOException {
            allocate(size);
            if (mapped == null) {
                mapped = ByteBuffer.allocate(size);
            }
            return mapped.duplicate();
        }

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
            byte[] bytes = new byte[src.remaining()];
            if (used() - now.length + Math.max(now.length, offset + bytes.length) > room) {
                throw new BlockException(Errno.ENOSPC, "no room");
            }
            src.duplicate().get(bytes);
            operate(() -> {
                byte[] part = Arrays.copyOf(bytes, random.nextInt(bytes.length / SECTOR + 1) * SECTOR);
                Change begun = old -> put(old, (int) offset, part, new boolean[part.length / SECTOR + 2]);
                change(begun, begun);
            });
            src.position(src.limit());
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
