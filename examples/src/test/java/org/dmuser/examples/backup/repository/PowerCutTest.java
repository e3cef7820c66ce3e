package org.dmuser.examples.backup.repository;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dmuser.examples.backup.repository.crypto.Key;
import org.dmuser.examples.backup.repository.format.DamagedException;
import org.dmuser.examples.backup.repository.format.ImageLayout;
import org.dmuser.examples.backup.repository.storage.StoredObject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Wherever the power fails: what was said to be there is there, and work goes on. */
class PowerCutTest {
    private static final int IMAGE = 400_000;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void shouldKeepEveryPointThatWasReportedComplete(long seed) throws IOException {
        int cuts = 0;
        for (int changes = 0; ; changes++) {
            CutStorage storage = CutStorage.empty();
            Repository.create(storage, Key.NONE).close();
            Work work = new Work();
            storage.cutAfter(changes);
            try {
                work.run(storage, seed);
            } catch (IOException e) {
                assertTrue(storage.isCut(), e::toString);
                cuts++;
            }
            CutStorage after = storage.after(seed * 1000 + changes);
            work.assertHeldBy(after);
            work.goOn(after, seed);
            if (!storage.isCut()) {
                break;
            }
        }
        assertTrue(cuts > 40, cuts + " cuts");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void shouldLoseNothingThatIsWholeWhenADamagedPackIsSetAside(long seed) throws IOException {
        byte[] image = Images.random(IMAGE, seed);
        byte[] whole = Arrays.copyOfRange(image, ImageLayout.CHUNK, IMAGE);
        boolean cut = true;
        for (int changes = 0; cut; changes++) {
            CutStorage storage = CutStorage.empty();
            Repository.create(storage, Key.NONE).close();
            Point damaged = store(storage, image);
            String pack = Names.pack(storage.list(Names.PACKS).get(0).name());
            // The first chunk of this one is the second in that pack.
            Point unharmed = store(storage, whole);
            ByteBuffer bytes = storage.read(pack);
            storage.put(pack, bytes.put(100, (byte) (bytes.get(100) ^ 1)));
            storage.sync();
            storage.cutAfter(changes);
            try {
                setAside(storage);
            } catch (IOException e) {
                assertTrue(storage.isCut(), e::toString);
            }
            cut = storage.isCut();
            CutStorage after = storage.after(seed * 1000 + changes);
            assertHolds(after, unharmed, whole);
            setAside(after);
            assertHolds(after, unharmed, whole);
            store(after, image);
            assertHolds(after, damaged, image);
        }
    }

    private static Point store(CutStorage storage, byte[] image) throws IOException {
        try (Repository repository = openAlone(storage)) {
            repository.lock(LockKind.WRITE);
            return Images.store(repository, image);
        }
    }

    private static void setAside(CutStorage storage) throws IOException {
        try (Repository repository = openAlone(storage)) {
            repository.lock(LockKind.EXCLUSIVE);
            Images.setAside(repository);
        }
    }

    private static void assertHolds(CutStorage storage, Point point, byte[] image) throws IOException {
        try (Repository repository = openAlone(storage)) {
            Images.assertHolds(repository, point, image);
        }
    }

    /** Without the lock that a power cut has left. */
    private static Repository openAlone(CutStorage storage) throws IOException {
        for (StoredObject lock : storage.list(Names.LOCKS)) {
            storage.delete(Names.lock(lock.name()));
        }
        return Repository.open(storage, Key.NONE);
    }

    /** Backups, one point removed, a sweep that drops packs and writes others anew. */
    private static final class Work {
        private final Map<Point, byte[]> promised = new HashMap<>();

        void run(CutStorage storage, long seed) throws IOException {
            byte[] image = Images.mixed(IMAGE, seed);
            Point first = backup(storage, image);
            for (int i = 0; i < 3; i++) {
                image = image.clone();
                image[i * 130_000] += 1;
                backup(storage, image);
            }
            try (Repository repository = Repository.open(storage, Key.NONE)) {
                repository.lock(LockKind.EXCLUSIVE);
                promised.remove(first);
                sweep(repository, List.of(first));
            }
            backup(storage, Images.mixed(IMAGE, seed + 100));
        }

        private static void sweep(Repository repository, List<Point> removed) throws IOException {
            Points.Listing listing = repository.points().list();
            assertEquals(Map.of(), listing.damaged());
            listing.points().removeAll(removed);
            Sweep sweep = repository.sweep(listing.points(), 10);
            sweep.rewrite((bytes, ofBytes) -> {});
            for (Point point : removed) {
                repository.points().delete(point.id());
            }
            sweep.remove((bytes, ofBytes) -> {});
        }

        private Point backup(CutStorage storage, byte[] image) throws IOException {
            try (Repository repository = Repository.open(storage, Key.NONE)) {
                repository.lock(LockKind.WRITE);
                Point point = Images.store(repository, image);
                promised.put(point, image);
                return point;
            }
        }

        void assertHeldBy(CutStorage storage) throws IOException {
            try (Repository repository = Repository.open(storage, Key.NONE)) {
                Points.Listing listing = repository.points().list();
                assertEquals(Map.of(), listing.damaged());
                assertTrue(listing.points().containsAll(promised.keySet()));
                for (Point point : listing.points()) {
                    // Also one that was written, and of which nobody was told.
                    if (promised.containsKey(point)) {
                        Images.assertHolds(repository, point, promised.get(point));
                    }
                    assertEquals(List.of(), checked(repository, point));
                }
            }
        }

        private static List<DamagedException> checked(Repository repository, Point point) throws IOException {
            try (RepositoryCheck check = repository.check()) {
                for (StoredObject pack : check.packs()) {
                    assertEquals(List.of(), check.pack(pack, RepositoryCheck.Depth.CONTENT));
                }
                return check.point(point);
            }
        }

        /** As after any other day: the lock of the dead process is in the way of nobody for long. */
        void goOn(CutStorage storage, long seed) throws IOException {
            for (StoredObject lock : storage.list(Names.LOCKS)) {
                storage.delete(Names.lock(lock.name()));
            }
            byte[] image = Images.mixed(IMAGE, seed);
            backup(storage, image);
            try (Repository repository = Repository.open(storage, Key.NONE)) {
                repository.lock(LockKind.EXCLUSIVE);
                sweep(repository, List.of());
                try (RepositoryCheck check = repository.check()) {
                    assertEquals(List.of(), check.index());
                }
            }
            assertHeldBy(storage);
        }
    }
}
