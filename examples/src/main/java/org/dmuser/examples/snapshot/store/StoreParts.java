package org.dmuser.examples.snapshot.store;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.StampedLock;

/** What a store is made of: those who read and write it have it, and {@link Commits}. Each part says for itself. */
final class StoreParts implements AutoCloseable {
    private final StoreHeader header;
    private final String basePath;
    private final StoreFile data;
    private final MetadataLog log;
    private final Journal journal;
    private final LiveMap live;
    private final Slots slots;
    private final Room room;

    /** Slots nothing refers to any more, not yet committed. */
    private final SlotList released = new SlotList();

    private final StampedLock moment = new StampedLock();

    /** In the order they were made; replaced while nobody is inside. */
    private volatile List<Snapshot> snapshots;

    private StoreParts(
            MetadataLog log,
            Journal journal,
            StoreFile data,
            String basePath,
            LiveMap live,
            Slots slots,
            List<Snapshot> snapshots) {
        this.header = log.header();
        this.basePath = basePath;
        this.data = data;
        this.log = log;
        this.journal = journal;
        this.live = live;
        this.slots = slots;
        this.room = new Room(log, live);
        this.snapshots = List.copyOf(snapshots);
    }

    /** Of a store without anything. */
    static StoreParts ofNew(MetadataLog log, Journal journal, StoreFile data, StoreOptions options) throws IOException {
        LiveMap live = new LiveMap(log.header().blocks());
        return new StoreParts(log, journal, data, options.basePath(), live, slots(log, options), List.of()).prepare();
    }

    /** Of the store that its metadata tells of. */
    static StoreParts of(StoreState state, MetadataLog log, Journal journal, StoreFile data, StoreOptions options)
            throws IOException {
        String path = options.basePath().isEmpty() ? state.basePath() : options.basePath();
        return new StoreParts(log, journal, data, path, state.live(), slots(log, options), state.snapshots()).prepare();
    }

    private static Slots slots(MetadataLog log, StoreOptions options) {
        long max = options.dataMax() == 0
                ? BlockMap.SLOTS_MAX
                : options.dataMax() / log.header().blockSize();
        return new Slots((int) Math.min(max, BlockMap.SLOTS_MAX));
    }

    private StoreParts prepare() throws IOException {
        SlotUse.noteAll(slots, live, snapshots);
        room.snapshots(snapshots);
        // No more than there is: a store that is full has to open.
        room.reserve(0);
        return this;
    }

    StoreHeader header() {
        return header;
    }

    String basePath() {
        return basePath;
    }

    StoreFile data() {
        return data;
    }

    MetadataLog log() {
        return log;
    }

    Journal journal() {
        return journal;
    }

    LiveMap live() {
        return live;
    }

    Slots slots() {
        return slots;
    }

    Room room() {
        return room;
    }

    SlotList released() {
        return released;
    }

    /** Held for reading by whoever is inside the store. */
    StampedLock moment() {
        return moment;
    }

    List<Snapshot> snapshots() {
        return snapshots;
    }

    void snapshots(List<Snapshot> value) {
        snapshots = List.copyOf(value);
        room.snapshots(value);
    }

    @Override
    public void close() throws IOException {
        try (data;
                log;
                journal) {
            // All three, whatever becomes of one.
        }
    }
}
