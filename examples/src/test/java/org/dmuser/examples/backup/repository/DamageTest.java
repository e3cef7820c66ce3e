package org.dmuser.examples.backup.repository;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.dmuser.examples.backup.repository.crypto.Key;
import org.dmuser.examples.backup.repository.crypto.WrappedKey;
import org.dmuser.examples.backup.repository.format.DamagedException;
import org.dmuser.examples.backup.repository.storage.LocalStorage;
import org.dmuser.examples.backup.repository.storage.StoredObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens to the files: an image is given back as it was, or not at all, and what is wrong has a name. */
class DamageTest {
    private static final WrappedKey.Cost CHEAP = new WrappedKey.Cost(64, 1, 1);
    private static final byte[] IMAGE = Images.mixed(1_000_000, 7);

    @TempDir
    private Path directory;

    private Point point;

    enum Sealing {
        PLAIN,
        SEALED;

        Key key() {
            return this == PLAIN ? Key.NONE : new Key.Passphrase("correct horse".toCharArray());
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldNoticeABitFlippedAnywhere(Sealing sealing) throws IOException {
        prepare(sealing);
        Random random = new Random(1);
        for (Path file : files()) {
            long size = Files.size(file);
            for (int i = 0; i < 20; i++) {
                // Often near the ends, where the frames are.
                long at = i < 8 ? Math.min(size - 1, 2 * i) : i < 12 ? size - 1 - i : random.nextLong(size);
                int bit = random.nextInt(8);
                flip(file, at, bit);
                String where = directory.relativize(file) + " byte " + at + " bit " + bit;
                assertNeverWrong(sealing, where);
                assertNoticed(sealing, where);
                flip(file, at, bit);
            }
        }
        assertEquals("as it was", outcome(sealing));
    }

    @ParameterizedTest
    @EnumSource
    void shouldNoticeFilesThatWereCutOff(Sealing sealing) throws IOException {
        prepare(sealing);
        for (Path file : files()) {
            byte[] content = Files.readAllBytes(file);
            for (int length : new int[] {0, 1, 15, 16, 40, content.length / 2, content.length - 1}) {
                try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
                    access.setLength(Math.min(length, content.length));
                }
                assertNeverWrong(sealing, file + " of " + length + " bytes");
                assertNoticed(sealing, file + " of " + length + " bytes");
                Files.write(file, content);
            }
        }
    }

    private void assertNeverWrong(Sealing sealing, String where) {
        String outcome = outcome(sealing);
        assertFalse(outcome.equals("wrong"), where);
    }

    private void assertNoticed(Sealing sealing, String where) {
        try (Repository repository = open(sealing);
                RepositoryCheck check = repository.check()) {
            List<DamagedException> findings = new ArrayList<>(check.index());
            for (StoredObject pack : check.packs()) {
                findings.addAll(check.pack(pack, RepositoryCheck.Depth.CONTENT));
            }
            findings.addAll(repository.points().list().damaged().values());
            if (findings.isEmpty()) {
                fail("not noticed: " + where);
            }
        } catch (IOException e) {
            assertTrue(e.getMessage() != null && !e.getMessage().isEmpty());
        }
    }

    /** What becomes of an attempt to restore. */
    private String outcome(Sealing sealing) {
        try (Repository repository = open(sealing)) {
            Images.assertHolds(repository, repository.points().find(point.id()), IMAGE);
            return "as it was";
        } catch (IOException e) {
            return e.getMessage();
        } catch (AssertionError e) {
            return "wrong";
        }
    }

    @Test
    void shouldAskForAnIdWhereTheLatestPointCannotBeTold() throws IOException {
        prepare(Sealing.PLAIN);
        flip(files("points").get(0), 100, 3);
        try (Repository repository = open(Sealing.PLAIN)) {
            Points points = repository.points();
            String told = assertThrows(DamagedException.class, () -> points.find("latest"))
                    .getMessage();
            assertTrue(told.contains(point.id()) && told.contains("write the id of the one you mean"), told);
        }
    }

    @Test
    void shouldDoWithoutIndexFiles() throws IOException {
        prepare(Sealing.PLAIN);
        for (Path file : files("index")) {
            Files.delete(file);
        }
        assertEquals("as it was", outcome(Sealing.PLAIN));
        try (Repository repository = open(Sealing.PLAIN)) {
            repository.lock(LockKind.WRITE);
            try (ChunkWriter writer = repository.writer()) {
                writer.flush();
            }
        }
        assertEquals(1, files("index").size());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldReadThePacksWhereTheIndexIsDamagedUntilSomebodyMakesItAnew(boolean byTheNextBackup) throws IOException {
        prepare(Sealing.PLAIN);
        Path index = files("index").get(0);
        flip(index, 100, 3);
        String damage = "index/" + index.getFileName() + " is damaged: its checksum does not match";
        assertEquals("as it was", outcome(Sealing.PLAIN));
        try (Repository repository = open(Sealing.PLAIN);
                RepositoryCheck check = repository.check()) {
            List<DamagedException> findings = check.index();
            assertEquals(1, findings.size());
            assertEquals(damage, findings.get(0).getMessage());
            assertEquals(List.of(), check.point(point));
            assertEquals(findings, repository.damagedIndexFiles());
        }
        try (Repository repository = open(Sealing.PLAIN)) {
            repository.lock(LockKind.EXCLUSIVE);
            if (byTheNextBackup) {
                Images.store(repository, IMAGE);
                assertEquals(damage, repository.damagedIndexFiles().get(0).getMessage());
            } else {
                assertEquals(List.of(), repository.rebuildIndex());
            }
        }
        assertEquals(1, files("packs").size());
        assertEquals("as it was", outcome(Sealing.PLAIN));
        assertFalse(Files.exists(index));
    }

    @Test
    void shouldNameThePackThatIsGoneAndThePointThatNeedsIt() throws IOException {
        prepare(Sealing.PLAIN);
        Path pack = files("packs").get(0);
        Files.delete(pack);
        String name = "packs/" + pack.getFileName();
        assertTrue(outcome(Sealing.PLAIN).startsWith(name + " is damaged: it is gone, and chunk "));
        try (Repository repository = open(Sealing.PLAIN);
                RepositoryCheck check = repository.check()) {
            assertEquals(name + " is damaged: it is gone", check.index().get(0).getMessage());
            assertTrue(check.point(point).get(0).getMessage().startsWith("points/" + point.id() + " is damaged: "));
        }
    }

    @Test
    void shouldStoreAgainWhatIsInAPackThatIsGoneOrCutOff() throws IOException {
        prepare(Sealing.PLAIN);
        Path pack = files("packs").get(0);
        for (int length : new int[] {-1, 1000}) {
            if (length < 0) {
                Files.delete(pack);
            } else {
                Files.write(pack, new byte[length]);
            }
            try (Repository repository = open(Sealing.PLAIN)) {
                repository.lock(LockKind.WRITE);
                Images.store(repository, IMAGE);
            }
            // The next backup has brought back what the earlier point needs.
            assertEquals("as it was", outcome(Sealing.PLAIN));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldStoreAgainWhatIsDamagedOnceItsPackIsSetAside(Sealing sealing) throws IOException {
        prepare(sealing);
        Path pack = files("packs").get(0);
        flip(pack, 100, 0);
        SetAside.Result result = setAside(sealing);
        assertEquals(1, result.packs());
        assertEquals(1, result.lostChunks());
        assertTrue(result.keptChunks() > 1, result::toString);
        assertEquals(List.of(directory.resolve("damaged").resolve(pack.getFileName())), files("damaged"));
        assertTrue(outcome(sealing).endsWith("no pack holds it"), outcome(sealing));
        try (Repository repository = open(sealing)) {
            repository.lock(LockKind.WRITE);
            Images.store(repository, IMAGE);
        }
        assertEquals("as it was", outcome(sealing));
        assertEquals(new SetAside.Result(0, 0, 0), setAside(sealing));
    }

    @ParameterizedTest
    @EnumSource
    void shouldKeepAllChunksOfAPackOfWhichOnlyTheDirectoryIsDamaged(Sealing sealing) throws IOException {
        prepare(sealing);
        Path pack = files("packs").get(0);
        flip(pack, Files.size(pack) - 20, 0);
        SetAside.Result result = setAside(sealing);
        // Its directory is in the index, too. Only with a seal, that of the new one has another name.
        assertEquals(sealing == Sealing.PLAIN ? 0 : 1, result.packs());
        assertEquals(0, result.lostChunks());
        assertEquals("as it was", outcome(sealing));
        assertEquals(new SetAside.Result(0, 0, 0), setAside(sealing));
    }

    @Test
    void shouldSetAsideAPackOfWhichNobodyKnowsWhatWasInIt() throws IOException {
        prepare(Sealing.PLAIN);
        Path pack = files("packs").get(0);
        Files.write(pack, new byte[1000]);
        Files.delete(files("index").get(0));
        assertEquals(new SetAside.Result(1, 0, 0), setAside(Sealing.PLAIN));
        assertEquals(List.of(), files("packs"));
    }

    private SetAside.Result setAside(Sealing sealing) throws IOException {
        try (Repository repository = open(sealing)) {
            repository.lock(LockKind.EXCLUSIVE);
            return Images.setAside(repository);
        }
    }

    @Test
    void shouldRemoveNothingWhenSomethingNeededIsDamaged() throws IOException {
        prepare(Sealing.PLAIN);
        Path pack = files("packs").get(0);
        // In the pack there are chunks that only the first point needs, and others, all of them damaged.
        for (long at = 100; at < Files.size(pack) - 2000; at += 2000) {
            flip(pack, at, 0);
        }
        byte[] changed = IMAGE.clone();
        changed[IMAGE.length - 1]++;
        try (Repository repository = open(Sealing.PLAIN)) {
            repository.lock(LockKind.EXCLUSIVE);
            Sweep sweep = repository.sweep(List.of(Images.store(repository, changed)), 0);
            assertEquals(1, sweep.rewrittenPacks());
            assertTrue(assertThrows(DamagedException.class, () -> sweep.rewrite((bytes, ofBytes) -> {}))
                    .getMessage()
                    .endsWith("its checksum does not match"));
        }
        assertTrue(Files.exists(pack));
    }

    @Test
    void shouldSetAsideADamagedPackWhereTheIndexIsDamagedToo() throws IOException {
        prepare(Sealing.PLAIN);
        flip(files("packs").get(0), 100, 0);
        flip(files("index").get(0), 100, 3);
        SetAside.Result result = setAside(Sealing.PLAIN);
        assertEquals(1, result.packs());
        assertEquals(1, result.lostChunks());
        try (Repository repository = open(Sealing.PLAIN);
                RepositoryCheck check = repository.check()) {
            assertEquals(List.of(), check.index());
        }
        assertEquals(1, files("index").size());
    }

    @ParameterizedTest
    @EnumSource
    void shouldNotMakeARepositoryOfWhatIsLeftOfOneWithoutItsConfiguration(Sealing sealing) throws IOException {
        prepare(sealing);
        Path config = directory.resolve("config");
        byte[] content = Files.readAllBytes(config);
        Files.delete(config);
        String advice = directory + ": it was a repository, and has points, but its file 'config' is gone: put that"
                + " back from a copy of this repository";
        assertEquals(
                advice,
                assertThrows(IOException.class, () -> Repository.create(new LocalStorage(directory), Key.NONE))
                        .getMessage());
        assertEquals(
                advice, assertThrows(IOException.class, () -> open(sealing)).getMessage());
        assertFalse(Files.exists(config));
        Files.write(config, content);
        assertEquals("as it was", outcome(sealing));
    }

    @Test
    void shouldMakeDirectoriesAgainThatACopyWithoutEmptyOnesHasLost() throws IOException {
        prepare(Sealing.PLAIN);
        for (String folder : List.of("locks", "probes", "tmp")) {
            Files.delete(directory.resolve(folder));
        }
        try (Repository repository = open(Sealing.PLAIN)) {
            repository.lock(LockKind.WRITE);
            Images.store(repository, Images.mixed(1_000_000, 8));
        }
        assertEquals("as it was", outcome(Sealing.PLAIN));
    }

    @ParameterizedTest
    @CsvSource({"EXCLUSIVE,true", "WRITE,false"})
    void shouldRefuseWorkForWhichTheLockIsTooWeak(LockKind kind, boolean allowed) throws IOException {
        prepare(Sealing.PLAIN);
        try (Repository repository = open(Sealing.PLAIN)) {
            assertThrows(IllegalStateException.class, () -> repository.points().delete(point.id()));
            repository.lock(kind);
            if (allowed) {
                repository.rebuildIndex();
            } else {
                assertThrows(IllegalStateException.class, repository::rebuildIndex);
            }
        }
    }

    private void prepare(Sealing sealing) throws IOException {
        try (Repository repository = Repository.create(new LocalStorage(directory), sealing.key(), CHEAP)) {
            repository.lock(LockKind.WRITE);
            point = Images.store(repository, IMAGE);
        }
    }

    private Repository open(Sealing sealing) throws IOException {
        return Repository.open(new LocalStorage(directory), sealing.key());
    }

    private List<Path> files() throws IOException {
        return files("");
    }

    private List<Path> files(String folder) throws IOException {
        try (Stream<Path> paths = Files.walk(directory.resolve(folder))) {
            return paths.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static void flip(Path file, long at, int bit) throws IOException {
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            access.seek(at);
            int value = access.read();
            access.seek(at);
            access.write(value ^ 1 << bit);
        }
    }
}
