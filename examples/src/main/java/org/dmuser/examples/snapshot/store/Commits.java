package org.dmuser.examples.snapshot.store;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes down what has changed in a store.
 *
 * <pre>
 *   1  while nobody is inside: take what has changed since the last time, and what was let go of; no I/O. From here on
 *      the journal's other half is written to
 *   2  sync the data: every slot that the records name is safe
 *   3  append the records, or make a checkpoint if they do not fit, and sync: they count, and the journal's first half
 *      does not any more
 *   4  wait until nobody is inside who was before: nobody reads what was let go of
 *   5  punch and free that
 * </pre>
 *
 * <p>When 2 or 3 fails nobody knows what is safe. The store then takes no more changes, and can be read; opened anew it
 * is what was committed, and perhaps more: the journal is ended, as it leads to data that may be none.
 *
 * <p>Any thread; the monitor is held for all of it, so whoever comes while somebody commits waits, and finds that one
 * commit does for all who have waited.
 */
final class Commits {
    /** What a command does to the maps while nobody is inside. If it throws, it has done nothing. */
    private interface Effect {
        void run() throws IOException;
    }

    private final StoreParts store;
    private final RecordBuffer records = new RecordBuffer();
    private int lastSnapshotId;

    /** How many commits have begun. */
    private volatile long begun;

    /** The number of the last one that has come to its end; guarded by the monitor. */
    private long done;

    /** Why there is no going on; null while there is. */
    private volatile IOException failure;

    private boolean closed;

    Commits(StoreParts store, int lastSnapshotId) {
        this.store = store;
        this.lastSnapshotId = lastSnapshotId;
    }

    void requireSound() throws IOException {
        IOException problem = failure;
        if (problem != null) {
            throw new IOException(
                    "the snapshot store takes no more changes since it could not be written to (" + problem.getMessage()
                            + "); it can be read, and opened anew",
                    problem);
        }
    }

    void flush() throws IOException {
        long seen = begun;
        synchronized (this) {
            requireOpen();
            if (done > seen) {
                // One that began after this was called: it has done what there was to do.
                return;
            }
            if (store.live().anyChanged() || !store.released().isEmpty()) {
                commit(this::putChanges, store.snapshots());
            } else {
                begun++;
                records.clear();
                write(null, List.of());
            }
        }
    }

    /** Empties the journal, unless somebody else has. */
    synchronized void makeRoom() throws IOException {
        requireOpen();
        if (store.journal().isLow()) {
            commit(this::putChanges, store.snapshots());
        }
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        requireSound();
    }

    private void putChanges() {
        MetadataLog.putChanges(records, store.live());
    }

    synchronized void create(String name) throws IOException {
        requireOpen();
        if (store.snapshots().stream().anyMatch(snapshot -> snapshot.name().equals(name))) {
            throw new IOException("there is a snapshot '" + name + "' already: delete it, or choose another name");
        }
        List<Snapshot> with = new ArrayList<>(store.snapshots());
        commit(
                () -> {
                    long now = System.currentTimeMillis();
                    Snapshot snapshot = new Snapshot(
                            lastSnapshotId + 1, name, now, store.live().freeze());
                    with.add(snapshot);
                    store.room().reserveFor(with);
                    putChanges();
                    MetadataLog.putSnapshot(records, snapshot);
                    store.slots().shareAll();
                    store.snapshots(with);
                    lastSnapshotId++;
                },
                with);
    }

    synchronized void delete(Snapshot snapshot) throws IOException {
        requireOpen();
        List<Snapshot> without = new ArrayList<>(store.snapshots());
        without.remove(snapshot);
        commit(
                () -> {
                    putChanges();
                    MetadataLog.putNumbered(records, RecordType.DELETE, snapshot.id());
                },
                without);
        // Only now may its blocks be taken for the device's own.
        long stamp = store.moment().writeLock();
        try {
            store.snapshots(without);
            release(snapshot.map());
        } finally {
            store.moment().unlockWrite(stamp);
        }
        // The device may have let go of one since that is still its own in what was committed: once more.
        commit(this::putChanges, without);
    }

    synchronized void rollback(Snapshot snapshot) throws IOException {
        requireOpen();
        LiveMap live = store.live();
        PageTable[] before = new PageTable[1];
        commit(
                () -> {
                    store.room().reserve(Math.max(0, snapshot.map().pageCount() - live.pageCount()));
                    before[0] = live.freeze();
                    store.journal().rollback(snapshot.id());
                    live.reset(snapshot.map());
                    store.slots().shareAll();
                    MetadataLog.putNumbered(records, RecordType.ROLLBACK, snapshot.id());
                },
                store.snapshots());
        long stamp = store.moment().writeLock();
        try {
            release(before[0]);
        } finally {
            store.moment().unlockWrite(stamp);
        }
        commit(this::putChanges, store.snapshots());
    }

    /** Lets go of the slots that no other map has. */
    private void release(PageTable map) {
        List<PageTable> others = new ArrayList<>(List.of(store.live().freeze()));
        store.snapshots().forEach(snapshot -> others.add(snapshot.map()));
        SlotUse.onlyIn(map, others, store.released()::add);
    }

    private void commit(Effect effect, List<Snapshot> snapshots) throws IOException {
        requireSound();
        begun++;
        records.clear();
        PageTable all = null;
        int[] released;
        long stamp = store.moment().writeLock();
        try {
            effect.run();
            released = store.released().take();
            if (!store.log().fits(records)) {
                all = store.live().freeze();
            }
            if (records.size() > 0) {
                store.journal().begin(storeId(), store.log().positionAfter(records));
            }
        } finally {
            store.moment().unlockWrite(stamp);
        }
        write(all, snapshots);
        if (released.length > 0) {
            free(released);
        }
    }

    private void write(PageTable all, List<Snapshot> snapshots) throws IOException {
        try {
            store.data().sync();
            if (all != null) {
                store.log().checkpoint(store.basePath(), snapshots, all);
            } else if (records.size() > 0) {
                store.log().append(records);
            }
            done = begun;
        } catch (IOException | RuntimeException e) {
            store.journal().end();
            failure = e instanceof IOException io ? io : new IOException(e);
            throw e;
        }
    }

    /** Gives back the room of slots that no map has, in order. */
    private void free(int[] released) throws IOException {
        store.moment().unlockWrite(store.moment().writeLock());
        int from = 0;
        while (from < released.length) {
            int to = from + 1;
            while (to < released.length && released[to] == released[to - 1] + 1) {
                to++;
            }
            int count = to - from;
            punch(released[from], count);
            store.slots().free(released[from], count);
            from = to;
        }
        cutTail();
    }

    private void punch(int slot, int count) throws IOException {
        store.data()
                .punch(
                        (long) slot * store.header().blockSize(),
                        (long) count * store.header().blockSize());
    }

    private void cutTail() throws IOException {
        synchronized (store.slots()) {
            long end = (long) store.slots().end() * store.header().blockSize();
            if (store.data().size() > end) {
                store.data().truncate(end);
            }
        }
    }

    /**
     * Writes everything down, also what the journal had. Before anything else, as what an earlier process has left at
     * the end may be torn.
     */
    synchronized void checkpoint() throws IOException {
        store.data().sync();
        store.log().checkpoint(store.basePath(), store.snapshots(), store.live().freeze());
        store.journal().begin(storeId(), store.log().position());
    }

    private long storeId() {
        return store.log().header().storeId();
    }

    /** Gives back what a process that was killed had written and not committed. Nobody else may be at work. */
    synchronized void trim() throws IOException {
        cutTail();
        int end = store.slots().end();
        int slot = 0;
        while (slot < end) {
            int from = slot;
            while (slot < end && !store.slots().isUsed(slot)) {
                slot++;
            }
            if (slot > from) {
                punch(from, slot - from);
            }
            slot++;
        }
    }

    synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        try {
            commit(this::putChanges, store.snapshots());
            records.clear();
            MetadataLog.putClosed(records);
            if (store.log().fits(records)) {
                store.log().append(records);
            }
        } finally {
            closed = true;
        }
    }
}
