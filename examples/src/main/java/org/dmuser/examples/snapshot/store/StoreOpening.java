package org.dmuser.examples.snapshot.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.dmuser.sdk.config.ByteSize;
import org.dmuser.sdk.config.ConfigException;

/** Finds a store in its files, or begins one in files that are empty, and sees to it that it fits its base. */
final class StoreOpening {
    private StoreOpening() {}

    static SnapshotStore open(StoreFiles files, Base base, StoreOptions options) throws IOException {
        List<StoreFile> opened = new ArrayList<>();
        try {
            for (String name : StoreState.FILES) {
                opened.add(files.open(name));
            }
            List<StoreFile> maps = List.copyOf(opened);
            StoreFile data = files.open(SnapshotStore.DATA);
            opened.add(data);
            StoreFile journalFile = files.open(Journal.FILE);
            opened.add(journalFile);
            Optional<StoreState> state = StoreState.load(maps);
            if (state.isEmpty()) {
                StoreHeader header = newHeader(base, options);
                requireEmpty(data);
                Journal journal = Journal.open(journalFile, files.boot());
                requireNew(journal);
                MetadataLog log = MetadataLog.create(maps, header);
                return new SnapshotStore(StoreParts.ofNew(log, journal, data, options), base, 0, false);
            }
            requireSame(state.get().header(), base, options);
            Journal journal = Journal.open(journalFile, files.boot());
            state.get().apply(journal);
            MetadataLog log = MetadataLog.open(maps, state.get());
            StoreParts parts = StoreParts.of(state.get(), log, journal, data, options);
            return new SnapshotStore(
                    parts, base, state.get().lastSnapshotId(), state.get().isClosed());
        } catch (IOException | RuntimeException e) {
            for (StoreFile file : opened) {
                file.close();
            }
            throw e;
        }
    }

    private static StoreHeader newHeader(Base base, StoreOptions options) {
        int blockSize = options.blockSize() == 0 ? StoreOptions.BLOCK_SIZE : options.blockSize();
        if (base.size() / blockSize >= Integer.MAX_VALUE) {
            throw new ConfigException("the base has " + ByteSize.format(base.size()) + ", too much for blocks of "
                    + ByteSize.format(blockSize) + "; use larger ones");
        }
        return new StoreHeader(
                blockSize, base.size(), ThreadLocalRandom.current().nextLong(), 0, 0);
    }

    private static void requireEmpty(StoreFile data) throws IOException {
        if (data.size() > 0) {
            throw new IOException("the store is damaged: it has data, and neither "
                    + String.join(" nor ", StoreState.FILES) + " says what it is");
        }
    }

    /** A journal is begun behind the first header, so where there was one, so was the other. */
    private static void requireNew(Journal journal) throws IOException {
        if (!journal.isNew()) {
            throw new IOException("the store is damaged: it has a journal, and neither "
                    + String.join(" nor ", StoreState.FILES) + " says what it is of");
        }
    }

    private static void requireSame(StoreHeader header, Base base, StoreOptions options) {
        if (header.deviceSize() != base.size()) {
            throw new ConfigException(
                    "the base has " + ByteSize.format(base.size()) + ", and the store was made for one of "
                            + ByteSize.format(header.deviceSize()) + ": give the base it was made for");
        }
        if (options.blockSize() != 0 && options.blockSize() != header.blockSize()) {
            throw new ConfigException("block: the store has blocks of " + ByteSize.format(header.blockSize())
                    + ", which cannot be changed; leave block out");
        }
    }
}
