package org.dmuser.examples.snapshot.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the metadata of a store is written: two files, one of which counts.
 *
 * <pre>
 *   file A   | header, generation 7 | checkpoint | record | record | room |     counts
 *   file B   | no header any more   | what was before               | room |     room for the next checkpoint
 * </pre>
 *
 * <p>When the file that counts is full, a checkpoint of everything goes into the other: first its records, then, when
 * they are safe, the header that makes it count, and then the header of the first file is wiped out. A loss of power
 * leaves the one or the other. There is never a need for a third file, so a disk that is full stops nothing that was
 * provided for with {@link #reserve}.
 *
 * <p>Used by whoever commits, one thread at a time; {@link #reserve} by any, under the monitor.
 */
final class MetadataLog implements AutoCloseable {
    /** What is left for records in any case: one command fits, and the changes of a short while. */
    private static final long RECORDS_MIN = 64 << 10;

    /** Room is made in steps of this many bytes. */
    private static final long STEP = 256 << 10;

    private static final int PAGE_LENGTH = RecordBuffer.length(Integer.BYTES * (1 + Page.BLOCKS));

    /** For a snapshot's record, and what the last record of its table leaves unused. */
    private static final int SNAPSHOT_LENGTH = 256;

    private static final int BASE_LENGTH_MAX = 8 << 10;
    private static final int TABLE_PART = RecordBuffer.PAYLOAD_MAX / Integer.BYTES - 1;

    private final List<StoreFile> files;
    private final RecordBuffer buffer = new RecordBuffer();
    private int active;
    private StoreHeader header;
    private long end;
    private long sequence;

    /** The sequence of the first record that is not safe yet. */
    private long commitStart;

    /** How long both files are at least; guarded by the monitor. */
    private long capacity;

    private MetadataLog(List<StoreFile> files, int active, StoreHeader header) throws IOException {
        this.files = files;
        this.active = active;
        this.header = header;
        this.capacity = Math.min(files.get(0).size(), files.get(1).size());
    }

    /** That of a new store, which is none before its first checkpoint. */
    static MetadataLog create(List<StoreFile> files, StoreHeader header) throws IOException {
        return new MetadataLog(files, 1, header);
    }

    /** That of a store; a checkpoint has to come before anything else. */
    static MetadataLog open(List<StoreFile> files, StoreState state) throws IOException {
        return new MetadataLog(files, state.fileIndex(), state.header());
    }

    StoreHeader header() {
        return header;
    }

    /**
     * Makes sure that a checkpoint of that many pages and maps fits, now and later.
     *
     * @throws org.dmuser.sdk.BlockException of ENOSPC if there is no room; then all is as it was
     */
    synchronized void reserve(long pages, long maps, int tableLength) throws IOException {
        long table = (long) tableLength * Integer.BYTES
                + (tableLength / TABLE_PART + 1L) * RecordBuffer.length(Integer.BYTES);
        long need = StoreHeader.LENGTH
                + pages * PAGE_LENGTH
                + maps * (table + SNAPSHOT_LENGTH)
                + BASE_LENGTH_MAX
                + RECORDS_MIN;
        if (need <= capacity) {
            return;
        }
        long exact = (need + STEP - 1) / STEP * STEP;
        try {
            allocate(exact * 2);
        } catch (IOException e) {
            // Twice as much makes checkpoints rare. It will do without.
            allocate(exact);
        }
    }

    private void allocate(long size) throws IOException {
        for (StoreFile file : files) {
            if (file.size() < size) {
                file.allocate(size);
                file.sync();
            }
        }
        capacity = size;
    }

    /** Bytes on the disk, of both files. */
    synchronized long room() {
        return capacity * files.size();
    }

    synchronized boolean fits(RecordBuffer records) {
        return end + records.size() <= capacity;
    }

    /** Of what was committed last. */
    LogPosition position() {
        return new LogPosition(header.generation(), end - header.checkpointEnd());
    }

    /** Of a commit of these records, which is a checkpoint if they do not fit. */
    LogPosition positionAfter(RecordBuffer records) {
        return fits(records)
                ? new LogPosition(header.generation(), position().logged() + records.size())
                : new LogPosition(header.generation() + 1, 0);
    }

    /** Writes records that {@link #fits} says fit, and makes them last. */
    void append(RecordBuffer records) throws IOException {
        write(files.get(active), header.generation(), records);
        files.get(active).sync();
        commitStart = sequence;
    }

    private void write(StoreFile file, long generation, RecordBuffer records) throws IOException {
        int count = records.count();
        ByteBuffer sealed = records.seal(generation, sequence, commitStart);
        int length = sealed.remaining();
        file.write(end, sealed);
        end += length;
        sequence += count;
    }

    /** Writes all there is into the other file, which counts from then on. */
    void checkpoint(String basePath, List<Snapshot> snapshots, PageTable live) throws IOException {
        StoreFile file = files.get(1 - active);
        long generation = header.generation() + 1;
        end = StoreHeader.LENGTH;
        sequence = 0;
        commitStart = 0;
        Map<Page, Integer> numbers = new IdentityHashMap<>();
        buffer.clear();
        putBase(buffer, basePath);
        for (Snapshot snapshot : snapshots) {
            writeTable(file, generation, snapshot.map(), numbers);
            putSnapshot(buffer, snapshot);
        }
        writeTable(file, generation, live, numbers);
        write(file, generation, buffer);
        file.sync();
        header = header.next(end);
        file.write(0, header.encode());
        file.sync();
        active = 1 - active;
        commitStart = sequence;
        // The other one has an old truth, which must not be found should this header be damaged one day.
        files.get(1 - active).write(0, ByteBuffer.allocate(StoreHeader.LENGTH));
    }

    private void writeTable(StoreFile file, long generation, PageTable map, Map<Page, Integer> numbers)
            throws IOException {
        for (int i = 0; i < map.length(); i++) {
            Page page = map.page(i);
            if (page != null && numbers.putIfAbsent(page, numbers.size()) == null) {
                putPage(page, numbers.get(page));
                writeIfLong(file, generation);
            }
        }
        for (int i = 0; i < map.length(); i += TABLE_PART) {
            buffer.begin(RecordType.TABLE);
            buffer.room(Integer.BYTES).putInt(i);
            for (int j = i; j < Math.min(i + TABLE_PART, map.length()); j++) {
                Page page = map.page(j);
                buffer.room(Integer.BYTES).putInt(page == null ? -1 : numbers.get(page));
            }
            buffer.end();
            writeIfLong(file, generation);
        }
    }

    private void writeIfLong(StoreFile file, long generation) throws IOException {
        if (buffer.size() > RecordBuffer.PAYLOAD_MAX) {
            write(file, generation, buffer);
            buffer.clear();
        }
    }

    private void putPage(Page page, int number) {
        buffer.begin(RecordType.PAGE);
        ByteBuffer payload = buffer.room(Integer.BYTES * (1 + Page.BLOCKS)).putInt(number);
        for (int i = 0; i < Page.BLOCKS; i++) {
            payload.putInt(page.get(i));
        }
        buffer.end();
    }

    static void putBase(RecordBuffer records, String path) {
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        records.begin(RecordType.BASE);
        if (bytes.length <= BASE_LENGTH_MAX - RecordBuffer.HEADER) {
            records.room(bytes.length).put(bytes);
        }
        records.end();
    }

    static void putSnapshot(RecordBuffer records, Snapshot snapshot) {
        byte[] name = snapshot.name().getBytes(StandardCharsets.UTF_8);
        records.begin(RecordType.SNAPSHOT);
        records.room(Integer.BYTES + Long.BYTES + name.length)
                .putInt(snapshot.id())
                .putLong(snapshot.createdMs())
                .put(name);
        records.end();
    }

    static void putChanges(RecordBuffer records, LiveMap live) {
        live.drain((block, count, entry) -> {
            if (records.isOpen() && records.payload() + 3 * Integer.BYTES > RecordBuffer.PAYLOAD_MAX) {
                records.end();
            }
            if (!records.isOpen()) {
                records.begin(RecordType.MAP);
            }
            records.room(3 * Integer.BYTES).putInt(block).putInt(count).putInt(entry);
        });
        if (records.isOpen()) {
            records.end();
        }
    }

    static void putNumbered(RecordBuffer records, RecordType type, int snapshotId) {
        records.begin(type);
        records.room(Integer.BYTES).putInt(snapshotId);
        records.end();
    }

    static void putClosed(RecordBuffer records) {
        records.begin(RecordType.CLOSED);
        records.end();
    }

    @Override
    public void close() throws IOException {
        try {
            files.get(0).close();
        } finally {
            files.get(1).close();
        }
    }
}
