package org.dmuser.examples.snapshot.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the metadata of a store says: made by applying its records one after another. Used by one thread. */
final class StoreState {
    /** The two metadata files. */
    static final List<String> FILES = List.of("map.0", "map.1");

    private static final int LOADS_MAX = 100;

    private final StoreHeader header;
    private final int fileIndex;
    private final LiveMap live;
    private final List<Snapshot> snapshots = new ArrayList<>();
    private final List<Page> pages = new ArrayList<>();
    private Page[] table;
    private String basePath = "";
    private boolean closed;
    private LogPosition position;
    private int lastSnapshotId;

    private StoreState(StoreHeader header, int fileIndex) {
        this.header = header;
        this.fileIndex = fileIndex;
        this.live = new LiveMap(header.blocks());
    }

    /**
     * Reads it, perhaps while a daemon is at work on it: then what it says had been committed when this was called.
     *
     * @return nothing if there is no store in the files
     * @throws IOException if there is one that is damaged
     */
    static Optional<StoreState> load(List<StoreFile> files) throws IOException {
        for (int i = 0; i < LOADS_MAX; i++) {
            int index = newest(files);
            if (index < 0 && newest(files) < 0) {
                requireNeverWritten(files);
                return Optional.empty();
            }
            // Between two looks, one header may have come and the other gone.
            StoreHeader header = index < 0 ? null : header(files.get(index));
            if (header != null) {
                StoreState state = new StoreState(header, index);
                String problem = state.replay(files.get(index));
                // A daemon may have begun to write its checkpoint after next into this file. Bytes are compared, as the
                // first comparison of records takes a JVM 17 ms, of 200 that listing snapshots takes.
                if (newest(files) == index && header.encode().equals(headerBytes(files.get(index)))) {
                    if (problem != null) {
                        throw new IOException("the store is damaged: " + FILES.get(index) + " " + problem);
                    }
                    return Optional.of(state);
                }
            }
        }
        throw new IOException("the store's daemon writes faster than its metadata can be read; try again");
    }

    /** A header is made within one sector: it is there wholly or not at all, unless it was damaged. */
    private static void requireNeverWritten(List<StoreFile> files) throws IOException {
        for (int i = 0; i < files.size(); i++) {
            if (!StoreHeader.isEmpty(headerBytes(files.get(i)))) {
                throw new IOException("the store is damaged: the header of " + FILES.get(i)
                        + ", which says what is where, is not what was written");
            }
        }
    }

    private static int newest(List<StoreFile> files) throws IOException {
        int newest = -1;
        long generation = 0;
        for (int i = 0; i < files.size(); i++) {
            StoreHeader header = header(files.get(i));
            if (header != null && header.generation() > generation) {
                newest = i;
                generation = header.generation();
            }
        }
        return newest;
    }

    private static StoreHeader header(StoreFile file) throws IOException {
        return StoreHeader.decode(headerBytes(file));
    }

    private static ByteBuffer headerBytes(StoreFile file) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(StoreHeader.LENGTH);
        file.read(0, bytes);
        return bytes.clear();
    }

    /** Answers what is wrong; null if nothing is. */
    private String replay(StoreFile file) throws IOException {
        RecordReader records = new RecordReader(file, header.generation());
        while (records.next()) {
            if (!apply(records.type(), records.payload())) {
                return "has a " + records.type() + " record that cannot be, before offset " + records.position();
            }
        }
        if (records.isDamaged()) {
            return "has a damaged record at offset " + records.position() + ", with others behind it that count";
        }
        pages.clear();
        table = null;
        forgetChanges();
        position = new LogPosition(header.generation(), records.position() - header.checkpointEnd());
        return records.position() >= header.checkpointEnd()
                ? null
                : "ends at offset " + records.position() + ", before its checkpoint does, at " + header.checkpointEnd();
    }

    /** A checkpoint of everything comes before the next commit. */
    private void forgetChanges() {
        live.drain((block, count, entry) -> {});
    }

    /** Applies what was changed and not committed before the process was killed; nothing if it was not. */
    void apply(Journal journal) {
        journal.replay(header.storeId(), position, new JournalHalf.Changes() {
            @Override
            public void map(int block, int count, int entry) {
                live.set(block, count, entry);
            }

            @Override
            public void rollback(int snapshotId) {
                live.reset(snapshot(snapshotId).map());
            }
        });
        forgetChanges();
    }

    private boolean apply(RecordType type, ByteBuffer payload) {
        closed = type == RecordType.CLOSED;
        try {
            switch (type) {
                case PAGE -> addPage(payload);
                case TABLE -> setTable(payload);
                case MAP -> map(payload);
                case SNAPSHOT -> addSnapshot(payload);
                case DELETE -> snapshots.remove(snapshot(payload.getInt()));
                case ROLLBACK -> live.reset(snapshot(payload.getInt()).map());
                case BASE -> basePath = text(payload);
                default -> {
                    // CLOSED says nothing more.
                }
            }
            return true;
        } catch (RuntimeException e) {
            // Its checksum is right, so somebody else has written it.
            return false;
        }
    }

    private void addPage(ByteBuffer payload) {
        int[] entries = new int[Page.BLOCKS];
        if (payload.getInt() != pages.size()) {
            throw new IllegalArgumentException("page out of turn");
        }
        payload.asIntBuffer().get(entries);
        pages.add(new Page(entries, 0));
    }

    private void setTable(ByteBuffer payload) {
        int index = payload.getInt();
        if (index == 0) {
            table = new Page[live.tableLength()];
        }
        while (payload.hasRemaining()) {
            int number = payload.getInt();
            table[index++] = number < 0 ? null : pages.get(number);
        }
        if (index == table.length) {
            live.reset(new PageTable(table));
        }
    }

    private void map(ByteBuffer payload) {
        while (payload.hasRemaining()) {
            live.set(payload.getInt(), payload.getInt(), payload.getInt());
        }
    }

    private void addSnapshot(ByteBuffer payload) {
        int id = payload.getInt();
        long createdMs = payload.getLong();
        snapshots.add(new Snapshot(id, text(payload), createdMs, live.freeze()));
        lastSnapshotId = Math.max(lastSnapshotId, id);
    }

    private Snapshot snapshot(int id) {
        return snapshots.stream()
                .filter(snapshot -> snapshot.id() == id)
                .findFirst()
                .orElseThrow();
    }

    private static String text(ByteBuffer payload) {
        return StandardCharsets.UTF_8.decode(payload).toString();
    }

    StoreHeader header() {
        return header;
    }

    /** Which of the files it is in. */
    int fileIndex() {
        return fileIndex;
    }

    LiveMap live() {
        return live;
    }

    /** In the order they were made. */
    List<Snapshot> snapshots() {
        return snapshots;
    }

    String basePath() {
        return basePath;
    }

    /** Whether nothing has happened since it was closed. */
    boolean isClosed() {
        return closed;
    }

    int lastSnapshotId() {
        return lastSnapshotId;
    }
}
