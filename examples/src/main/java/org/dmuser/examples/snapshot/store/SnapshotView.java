package org.dmuser.examples.snapshot.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.dmuser.sdk.file.LockedFile;

/**
 * A snapshot by itself, as it was, also while the daemon of its store is at work: the blocks of a snapshot stay where
 * they are until it is deleted, and while this is open it cannot be. Any number of threads.
 */
public final class SnapshotView implements Base {
    /** A snapshot may be deleted, and one of the same name made, while it is looked for. */
    private static final int TRIES_MAX = 10;

    private final long size;
    private final LockedFile hold;
    private final StoreFile data;
    private final Base base;
    private final Reader reader;

    private SnapshotView(StoreHeader header, Snapshot snapshot, LockedFile hold, StoreFile data, Base base) {
        this.size = header.deviceSize();
        this.hold = hold;
        this.data = data;
        this.base = base;
        this.reader = new Reader(snapshot.map(), data, base, header.blockSize());
    }

    /**
     * Opens it.
     *
     * @param base that of the store; closed with this, or if this fails
     * @throws IOException if there is no such snapshot
     */
    public static SnapshotView open(StoreDirectory directory, String name, Base base) throws IOException {
        try {
            for (int i = 0; i < TRIES_MAX; i++) {
                int id = Snapshot.find(directory.load().snapshots(), name).id();
                Optional<LockedFile> hold = directory.hold(id);
                if (hold.isPresent()) {
                    StoreState state = directory.load();
                    Snapshot snapshot = Snapshot.find(state.snapshots(), name);
                    if (snapshot.id() == id && state.header().deviceSize() == base.size()) {
                        return new SnapshotView(state.header(), snapshot, hold.get(), directory.openData(), base);
                    }
                    hold.get().close();
                    requireSize(state, base);
                }
            }
            throw new IOException("snapshot '" + name + "' is being deleted");
        } catch (IOException | RuntimeException e) {
            base.close();
            throw e;
        }
    }

    private static void requireSize(StoreState state, Base base) throws IOException {
        if (state.header().deviceSize() != base.size()) {
            throw new IOException("the base has " + base.size() + " bytes, and the store was made for one of "
                    + state.header().deviceSize() + ": give the base it was made for");
        }
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void read(long offset, ByteBuffer dst) throws IOException {
        reader.read(offset, dst);
    }

    @Override
    public void close() throws IOException {
        try (hold;
                data;
                base) {
            // All three, whatever becomes of one.
        }
    }
}
