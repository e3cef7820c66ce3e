package org.dmuser.examples.snapshot.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.locks.StampedLock;
import org.dmuser.sdk.BlockException;
import org.dmuser.sdk.config.ByteSize;
import org.dmuser.sdk.config.ConfigException;

/**
 * The blocks of a device over a base, and any number of frozen states of it. It writes whole blocks, and parts only of
 * blocks that it need not keep as they are.
 *
 * <pre>
 *   a block is         read from      overwritten            discarded          when a snapshot is made
 *   in the base        base           in a new slot          reads as zeros     stays
 *   zeros              nowhere        in a new slot          stays              stays
 *   in a slot of its   slot           where it is            zeros; slot free   becomes shared
 *     own
 *   in a slot shared   slot           in a new slot; the     zeros; snapshots   stays
 *     with snapshots                  snapshots keep theirs  keep theirs
 * </pre>
 *
 * <p><b>Threads.</b> Whoever reads or writes is inside {@link #enter} and {@link #exit}, any number at a time; a
 * snapshot is made while nobody is, so a request is in it wholly or not at all. Of one block only one thread may call
 * {@link #redirect} or {@link #discard} at a time, which is the handler's to see to. {@link Commits} writes down what
 * has changed. Lock order: the commit's monitor, then the moment, then those of {@link LiveMap}, {@link Slots} and
 * {@link MetadataLog}, which have none inside.
 *
 * <p><b>Why a crash loses nothing that was flushed.</b> A block that was committed is overwritten in place, as on any
 * disk, or its new slot is written first and the map that names it only when that slot is safe. A slot that was let go
 * of is neither written nor punched before that has been committed and nobody reads it any more. Records count up to
 * the first that is not whole, and each of them leaves a state that there was.
 *
 * <p><b>Why a kill of the process loses nothing that was acknowledged.</b> What was written to files is there, synced
 * or not, and changes of the map are in the {@link Journal} before they are made. What is in it behind the last commit
 * leads to the map as it was: changes of one block are there in the order they were made, as only one thread at a time
 * makes them, and a slot that was let go of serves nobody else before a commit after which they do not count any more.
 */
public final class SnapshotStore implements AutoCloseable {
    static final String DATA = "data";

    private final StoreParts parts;
    private final int shift;
    private final StoreFile data;
    private final LiveMap live;
    private final Slots slots;
    private final Journal journal;
    private final Reader reader;
    private final StampedLock moment;
    private final Commits commits;

    /**
     * Of parts that a state has been put into.
     *
     * @param lastSnapshotId 0 for a new store
     * @param isClean whether nothing was left by a process that was killed
     */
    SnapshotStore(StoreParts parts, Base base, int lastSnapshotId, boolean isClean) throws IOException {
        this.parts = parts;
        this.shift = Integer.numberOfTrailingZeros(parts.header().blockSize());
        this.data = parts.data();
        this.live = parts.live();
        this.slots = parts.slots();
        this.journal = parts.journal();
        this.moment = parts.moment();
        this.reader = new Reader(live, data, base, parts.header().blockSize());
        this.commits = new Commits(parts, lastSnapshotId);
        commits.checkpoint();
        if (!isClean) {
            commits.trim();
        }
    }

    /**
     * Opens a store, or makes a new one in files that are empty. Nobody else may have it open.
     *
     * @param base what the device holds where nothing was written; stays the caller's
     * @throws IOException if it is damaged
     * @throws ConfigException if it was made for another base
     */
    public static SnapshotStore open(StoreFiles files, Base base, StoreOptions options) throws IOException {
        return StoreOpening.open(files, base, options);
    }

    /** Bytes of the device. */
    public long size() {
        return parts.header().deviceSize();
    }

    /** Bytes of a block. */
    public int blockSize() {
        return parts.header().blockSize();
    }

    /** Goes inside, to read and write; the answer is for {@link #exit}. Not twice by one thread. */
    public long enter() {
        return moment.readLock();
    }

    /** Leaves. */
    public void exit(long entered) {
        moment.unlockRead(entered);
    }

    /** Fills {@code dst} with what the device holds from {@code offset} on. */
    public void read(long offset, ByteBuffer dst) throws IOException {
        reader.read(offset, dst);
    }

    /**
     * Overwrites blocks where they are, or parts of them, as far as the device has them to itself.
     *
     * @return how many bytes of {@code src} were used up; 0 if the first block has to be redirected
     */
    public int overwrite(long offset, ByteBuffer src) throws IOException {
        int block = (int) (offset >>> shift);
        int inBlock = (int) (offset & blockSize() - 1);
        int first = live.entry(block);
        if (!isOwn(block, first)) {
            return 0;
        }
        int length = Math.min(src.remaining(), blockSize() - inBlock);
        int next = first;
        while (length < src.remaining() && live.entry(++block) == ++next && isOwn(block, next)) {
            length = Math.min(src.remaining(), length + blockSize());
        }
        write(position(BlockMap.slot(first)) + inBlock, src, length);
        return length;
    }

    /** Whether the device has a block to itself, so that it may be overwritten where it is. */
    public boolean isOwn(int block) {
        return isOwn(block, live.entry(block));
    }

    /** Whether no snapshot has it. Finding that out takes a while the first time. */
    private boolean isOwn(int block, int entry) {
        if (!BlockMap.isSlot(entry)) {
            return false;
        }
        if (slots.isOwn(BlockMap.slot(entry))) {
            return true;
        }
        for (Snapshot snapshot : parts.snapshots()) {
            if (snapshot.holds(block, entry)) {
                return false;
            }
        }
        slots.setOwn(BlockMap.slot(entry));
        return true;
    }

    /**
     * Writes whole blocks, none of which the device has to itself, to new slots. All are in one page of the map.
     *
     * @return how many of {@code count}, from the first on: as many as there are free slots in a row; 0 if there has to
     *     be a commit before, see {@link #makeRoom}
     * @throws BlockException of ENOSPC if there is no room
     */
    public int redirect(int block, int count, ByteBuffer src) throws IOException {
        commits.requireSound();
        parts.room().requirePage(block);
        long allocated = slots.allocate(count);
        int taken = Slots.count(allocated);
        if (taken == 0) {
            throw Room.full("it holds " + ByteSize.format((long) slots.max() << shift) + ", which is its max");
        }
        int first = Slots.first(allocated);
        try {
            write(position(first), src, taken << shift);
        } catch (IOException e) {
            slots.free(first, taken);
            throw Room.fullIfFull(e);
        }
        if (!journal.append(block, taken, BlockMap.ofSlot(first))) {
            slots.free(first, taken);
            src.position(src.position() - (taken << shift));
            return 0;
        }
        live.set(block, taken, BlockMap.ofSlot(first));
        return taken;
    }

    /**
     * Gives whole blocks up, which read as zeros from now on. All are in one page of the map.
     *
     * @return false if there has to be a commit before, see {@link #makeRoom}
     */
    public boolean discard(int block, int count) throws IOException {
        commits.requireSound();
        int end = block + count;
        int first = block;
        while (first < end && live.entry(first) == BlockMap.ZERO) {
            first++;
        }
        if (first == end) {
            return true;
        }
        parts.room().requirePage(first);
        if (!journal.append(first, end - first, BlockMap.ZERO)) {
            return false;
        }
        for (int i = first; i < end; i++) {
            giveUp(i, live.entry(i));
        }
        return true;
    }

    private void giveUp(int block, int entry) {
        if (entry != BlockMap.ZERO) {
            boolean own = isOwn(block, entry);
            live.set(block, 1, BlockMap.ZERO);
            if (own) {
                parts.released().add(BlockMap.slot(entry));
            }
        }
    }

    private void write(long position, ByteBuffer src, int length) throws IOException {
        int limit = src.limit();
        try {
            data.write(position, src.limit(src.position() + length));
        } finally {
            src.limit(limit);
        }
    }

    private long position(int slot) {
        return (long) slot << shift;
    }

    /** Makes everything last that had returned before. */
    public void flush() throws IOException {
        commits.flush();
    }

    /** Commits if that is needed for changes of the map to go on. Not from inside. */
    public void makeRoom() throws IOException {
        if (journal.isLow()) {
            commits.makeRoom();
        }
    }

    /** Gives free slots back that only a flush stands in the way of; false if there are none. Not from inside. */
    public boolean reclaim() throws IOException {
        if (parts.released().isEmpty()) {
            return false;
        }
        commits.flush();
        return true;
    }

    /** Freezes the device as it is; lasts when this returns. Not from inside, as all that follow. */
    public void create(String name) throws IOException {
        commits.create(Snapshot.requireName(name));
    }

    /** Gives up a snapshot. */
    public void delete(String name) throws IOException {
        commits.delete(find(name));
    }

    /** Makes the device what it was then; what it is now is lost unless it is in a snapshot. */
    public void rollback(String name) throws IOException {
        commits.rollback(find(name));
    }

    private Snapshot find(String name) throws IOException {
        return Snapshot.find(parts.snapshots(), name);
    }

    /** What there is. */
    public StoreInfo info() {
        long entered = enter();
        try {
            return StoreInfo.of(parts.header(), parts.basePath(), slots.usedCount(), live.freeze(), parts.snapshots());
        } finally {
            exit(entered);
        }
    }

    /** Makes everything last and closes the files. */
    @Override
    public void close() throws IOException {
        try (parts) {
            commits.close();
        }
    }

    /** In the order they were made. */
    List<Snapshot> snapshots() {
        return parts.snapshots();
    }
}
