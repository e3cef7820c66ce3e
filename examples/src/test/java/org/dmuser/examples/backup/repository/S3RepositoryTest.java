package org.dmuser.examples.backup.repository;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.dmuser.examples.backup.repository.crypto.Key;
import org.dmuser.examples.backup.repository.crypto.WrappedKey;
import org.dmuser.examples.backup.repository.format.DamagedException;
import org.dmuser.examples.backup.repository.storage.FaultyProxy;
import org.dmuser.examples.backup.repository.storage.FaultyProxy.Fault;
import org.dmuser.examples.backup.repository.storage.S3Server;
import org.dmuser.examples.backup.repository.storage.Storage;
import org.dmuser.examples.backup.repository.storage.Storages;
import org.dmuser.examples.backup.repository.storage.StoredObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole repository on S3, where one request in four goes wrong. */
class S3RepositoryTest {
    private static final Key KEY = new Key.Passphrase("p".toCharArray());
    private static final Fault[] FAULTS = {
        Fault.STATUS_500, Fault.STATUS_503, Fault.REQUEST_CUT, Fault.ANSWER_CUT, Fault.ANSWER_IN_PIECES
    };

    @Test
    void shouldWorkWhenOneRequestInFourFails(@TempDir Path directory) throws IOException {
        try (S3Server server = S3Server.start(directory);
                FaultyProxy proxy = new FaultyProxy(server.port())) {
            String url = "s3://bucket/some/where?endpoint=http://127.0.0.1:" + proxy.port() + "&timeout=60&attempts=50";
            long seed = 1;
            Random random = new Random(seed);
            proxy.faults(line -> fault(random));
            backUpAndSweep(url);
            proxy.faults(line -> Fault.STATUS_503);
            String message = assertThrows(IOException.class, () -> open(url.replace("attempts=50", "attempts=2")))
                    .getMessage();
            assertTrue(message.endsWith("reading config failed 2 times, the last time with: status 503"), message);
        }
    }

    @Test
    void shouldSetADamagedPackAsideAndBeMendedByTheNextBackup(@TempDir Path directory) throws IOException {
        try (S3Server server = S3Server.start(directory)) {
            String url = "s3://bucket/some/where?endpoint=http://127.0.0.1:" + server.port();
            byte[] image = Images.random(1_500_000, 1);
            Repository.create(Storages.open(url), KEY, new WrappedKey.Cost(64, 1, 1))
                    .close();
            Point damaged = store(url, image);
            String pack = damageOnePack(url);
            try (Repository repository = open(url)) {
                repository.lock(LockKind.EXCLUSIVE);
                SetAside.Result result = Images.setAside(repository);
                assertEquals(1, result.packs());
                assertEquals(1, result.lostChunks());
                assertTrue(result.keptChunks() >= 5, result::toString);
                assertThrows(DamagedException.class, () -> Images.assertHolds(repository, damaged, image));
            }
            try (Storage storage = Storages.open(url)) {
                assertEquals(pack, storage.list(Names.DAMAGED).get(0).name());
                assertTrue(storage.list(Names.PACKS).stream()
                        .noneMatch(kept -> kept.name().equals(pack)));
            }
            Point mended = store(url, image);
            try (Repository repository = open(url)) {
                Images.assertHolds(repository, damaged, image);
                Images.assertHolds(repository, mended, image);
            }
        }
    }

    private static Point store(String url, byte[] image) throws IOException {
        try (Repository repository = open(url)) {
            repository.lock(LockKind.WRITE);
            return Images.store(repository, image);
        }
    }

    /** Answers which. */
    private static String damageOnePack(String url) throws IOException {
        try (Storage storage = Storages.open(url)) {
            String pack = storage.list(Names.PACKS).get(0).name();
            ByteBuffer bytes = storage.read(Names.pack(pack));
            storage.put(Names.pack(pack), bytes.put(1000, (byte) (bytes.get(1000) ^ 1)));
            return pack;
        }
    }

    private static Fault fault(Random random) {
        synchronized (random) {
            return random.nextInt(4) == 0 ? FAULTS[random.nextInt(FAULTS.length)] : Fault.NONE;
        }
    }

    private static void backUpAndSweep(String url) throws IOException {
        byte[] image = Images.mixed(1_500_000, 1);
        byte[] changed = image.clone();
        changed[700_000]++;
        Point first;
        Point second;
        try (Repository repository = Repository.create(Storages.open(url), KEY, new WrappedKey.Cost(64, 1, 1))) {
            repository.lock(LockKind.WRITE);
            first = Images.store(repository, image);
            second = Images.store(repository, changed);
            try (Repository other = open(url)) {
                assertThrows(LockedException.class, () -> other.lock(LockKind.EXCLUSIVE));
            }
        }
        try (Repository repository = open(url)) {
            repository.lock(LockKind.EXCLUSIVE);
            Images.assertHolds(repository, first, image);
            repository.points().delete(first.id());
            Sweep sweep = repository.sweep(List.of(second), 0);
            assertEquals(1, sweep.rewrittenPacks());
            sweep.rewrite((bytes, ofBytes) -> {});
            sweep.remove((bytes, ofBytes) -> {});
            Images.assertHolds(repository, repository.points().find("latest"), changed);
            try (RepositoryCheck check = repository.check()) {
                assertEquals(List.of(), check.index());
                for (StoredObject pack : check.packs()) {
                    assertEquals(List.of(), check.pack(pack, RepositoryCheck.Depth.CONTENT));
                }
            }
        }
    }

    private static Repository open(String url) throws IOException {
        return Repository.open(Storages.open(url), KEY);
    }
}
