package org.dmuser.examples.snapshot;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.dmuser.channel.Errno;
import org.dmuser.examples.snapshot.store.Base;
import org.dmuser.examples.snapshot.store.SnapshotStore;
import org.dmuser.examples.snapshot.store.StoreOptions;
import org.dmuser.sdk.BlockException;
import org.dmuser.sdk.BlockHandler;
import org.dmuser.sdk.DeviceInfo;
import org.dmuser.sdk.ThreadModel;
import org.dmuser.sdk.Zeroes;

/**
 * A writable device over a base, of which snapshots can be made while it is in use. Requests are cut here into what the
 * store takes: whole blocks, and parts of blocks that may be overwritten where they are.
 *
 * <pre>
 *   request     |----|=======|=======|===|        a block is the device's own: overwritten where it is
 *   blocks    |   0   |   1   |   2   |   3   |   it is not: written wholly to a new slot, its edges read first
 * </pre>
 *
 * <p><b>Threads.</b> Any number. A request is inside the store from its beginning to its end, so a snapshot has all of
 * it or nothing. Blocks that get another place do so under the monitor of the 1 MiB they are in: what is read for their
 * edges must not be older than what somebody else has written meanwhile. Lock order: inside the store, then such a
 * monitor, of which a thread has one at a time.
 */
public final class SnapshotHandler implements BlockHandler {
    private static final int GROUP_SHIFT = 20;
    private static final int GROUPS = 256;

    private final OpenStore opened;
    private final SnapshotStore store;
    private final int blockSize;
    private final Object[] groups = new Object[GROUPS];
    private final ThreadLocal<ByteBuffer> wholeBlock;

    private SnapshotHandler(OpenStore opened) {
        this.opened = opened;
        this.store = opened.store();
        this.blockSize = store.blockSize();
        this.wholeBlock = ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(blockSize));
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = new Object();
        }
    }

    /**
     * Over {@code base}, with what was written to it in a store that is kept.
     *
     * @param base closed with the handler, or if this fails
     * @param directory of the store; made if it is not there
     */
    public static SnapshotHandler open(Base base, Path directory, StoreOptions options) throws IOException {
        return new SnapshotHandler(OpenStore.kept(base, directory, options));
    }

    /**
     * Over {@code base}, with what is written to it in a directory that is made now and deleted when the handler is
     * closed.
     *
     * @param base closed with the handler, or if this fails
     */
    public static SnapshotHandler overlay(Base base, Path directory) throws IOException {
        return new SnapshotHandler(OpenStore.thrownAway(base, directory));
    }

    /** Over a base, with a store of any kind of files; both are closed with the handler. */
    static SnapshotHandler of(Base base, SnapshotStore store) {
        return new SnapshotHandler(OpenStore.of(base, store));
    }

    /** Listens for commands, unless there will be none. */
    @Override
    public void open(DeviceInfo device) throws IOException {
        opened.listen(device);
    }

    @Override
    public long size() {
        return store.size();
    }

    @Override
    public ThreadModel threadModel() {
        return ThreadModel.PARALLEL;
    }

    @Override
    public void read(long offset, ByteBuffer dst) throws IOException {
        long entered = store.enter();
        try {
            store.read(offset, dst);
        } finally {
            store.exit(entered);
        }
    }

    /** A store that is full may have room that only has to be committed: then once more. */
    @Override
    public void write(long offset, ByteBuffer src) throws IOException {
        try {
            writeAll(offset, src.position(0));
        } catch (BlockException e) {
            if (e.errno() != Errno.ENOSPC || !store.reclaim()) {
                throw e;
            }
            writeAll(offset, src.position(0));
        }
    }

    /** In one go, unless so many do that at once that there has to be a commit in between. */
    private void writeAll(long offset, ByteBuffer src) throws IOException {
        while (src.hasRemaining()) {
            store.makeRoom();
            writeInside(offset + src.position(), src);
        }
    }

    private void writeInside(long offset, ByteBuffer src) throws IOException {
        long entered = store.enter();
        try {
            int length = 1;
            while (src.hasRemaining() && length > 0) {
                length = store.overwrite(offset, src);
                if (length == 0) {
                    length = redirect(offset, src);
                }
                offset += length;
            }
        } finally {
            store.exit(entered);
        }
    }

    /** Writes from {@code offset} on, as much as there is in its group and in a row; how much, 0 for a commit first. */
    private int redirect(long offset, ByteBuffer src) throws IOException {
        synchronized (group(offset)) {
            int done = store.overwrite(offset, src);
            if (done > 0) {
                // Somebody else was here first.
                return done;
            }
            int inBlock = (int) (offset & blockSize - 1);
            return inBlock == 0 && src.remaining() >= blockSize
                    ? redirectWhole(offset, src)
                    : redirectPart(offset, inBlock, src);
        }
    }

    private int redirectWhole(long offset, ByteBuffer src) throws IOException {
        int inGroup = (1 << GROUP_SHIFT) - (int) (offset & (1 << GROUP_SHIFT) - 1);
        int block = block(offset);
        int most = Math.min(src.remaining(), inGroup) / blockSize;
        int count = 1;
        while (count < most && !store.isOwn(block + count)) {
            count++;
        }
        return store.redirect(block, count, src) * blockSize;
    }

    private int redirectPart(long offset, int inBlock, ByteBuffer src) throws IOException {
        ByteBuffer whole = wholeBlock.get().clear();
        store.read(offset - inBlock, whole);
        int length = Math.min(src.remaining(), blockSize - inBlock);
        int limit = src.limit();
        whole.position(inBlock).put(src.limit(src.position() + length));
        src.limit(limit);
        if (store.redirect(block(offset), 1, whole.clear()) == 0) {
            src.position(src.position() - length);
            return 0;
        }
        return length;
    }

    /** Zeros are what is nowhere: whole blocks are given up, and edges overwritten. */
    @Override
    public void discard(long offset, long length) throws IOException {
        long end = offset + length;
        long from = (offset + blockSize - 1) / blockSize * blockSize;
        // The last block may reach over the end of the device, and is whole nevertheless.
        long to = end == size() ? (end + blockSize - 1) / blockSize * blockSize : end / blockSize * blockSize;
        if (from >= end || from >= to) {
            zero(offset, length);
            return;
        }
        zero(offset, from - offset);
        discardBlocks(block(from), block(to));
        zero(to, end - to);
    }

    @Override
    public void writeZeroes(long offset, long length) throws IOException {
        discard(offset, length);
    }

    private void discardBlocks(int from, int to) throws IOException {
        int step = (1 << GROUP_SHIFT) / blockSize;
        int block = from;
        while (block < to) {
            int next = Math.min(to, (block / step + 1) * step);
            store.makeRoom();
            long entered = store.enter();
            try {
                synchronized (group((long) block * blockSize)) {
                    block = store.discard(block, next - block) ? next : block;
                }
            } finally {
                store.exit(entered);
            }
        }
    }

    private void zero(long offset, long length) throws IOException {
        if (length > 0) {
            Zeroes.write(this, offset, length);
        }
    }

    private Object group(long offset) {
        return groups[(int) (offset >>> GROUP_SHIFT) % GROUPS];
    }

    private int block(long offset) {
        return (int) (offset / blockSize);
    }

    @Override
    public void flush() throws IOException {
        store.flush();
    }

    @Override
    public void close() throws IOException {
        opened.close();
    }
}
