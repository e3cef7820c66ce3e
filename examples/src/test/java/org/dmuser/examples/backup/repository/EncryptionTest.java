package org.dmuser.examples.backup.repository;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.dmuser.examples.backup.repository.crypto.Encryption;
import org.dmuser.examples.backup.repository.crypto.Key;
import org.dmuser.examples.backup.repository.crypto.KeyFiles;
import org.dmuser.examples.backup.repository.crypto.WrappedKey;
import org.dmuser.examples.backup.repository.crypto.WrongKeyException;
import org.dmuser.examples.backup.repository.format.ImageLayout;
import org.dmuser.examples.backup.repository.storage.LocalStorage;
import org.dmuser.examples.backup.repository.storage.Storage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncryptionTest {
    private static final WrappedKey.Cost CHEAP = new WrappedKey.Cost(64, 1, 1);
    private static final byte[] IMAGE =
            ("a secret that everyone would find".repeat(30_000)).getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private Path directory;

    @Test
    void shouldOpenWithThePassphraseAndWithNoOther() throws IOException {
        Key key = passphrase("grün und blau");
        Point point = store(key);
        try (Repository repository = open(key)) {
            Images.assertHolds(repository, repository.points().find("latest"), IMAGE);
            assertEquals(point, repository.points().find("latest"));
        }
        assertRefused("repository " + directory + ": wrong passphrase", passphrase("grün und rot"));
        assertRefused("repository " + directory + ": the passphrase is empty", passphrase(""));
        assertRefused("repository " + directory + " takes a passphrase", Key.NONE);
        try (Storage storage = new LocalStorage(directory)) {
            assertEquals(Encryption.PASSPHRASE, Repository.encryption(storage));
        }
    }

    @Test
    void shouldOpenWithTheKeyFileAndWithNoOther(@TempDir Path keys) throws IOException {
        Path right = keys.resolve("right");
        Path wrong = keys.resolve("wrong");
        KeyFiles.create(right);
        KeyFiles.create(wrong);
        assertThrows(FileAlreadyExistsException.class, () -> KeyFiles.create(right));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(right)));
        store(new Key.File(right));
        try (Repository repository = open(new Key.File(right))) {
            Images.assertHolds(repository, repository.points().find("latest"), IMAGE);
        }
        assertRefused(
                "repository " + directory + ": key file " + wrong + " is not the one of this repository",
                new Key.File(wrong));
        assertRefused("repository " + directory + " takes a key file", passphrase("x"));
        Files.write(wrong, new byte[31]);
        assertRefused(
                "repository " + directory + ": key file " + wrong + " has 31 bytes; a key file has from 32 to 1048576",
                new Key.File(wrong));
    }

    @Test
    void shouldShowNothingOfWhatIsInside() throws IOException {
        store(passphrase("p"));
        String id;
        try (Repository repository = open(passphrase("p"));
                ChunkReader reader = repository.reader()) {
            Point point = repository.points().find("latest");
            id = ImageTree.open(reader, point.root(), point.size()).chunk(0).toString();
        }
        byte[] raw = java.util.HexFormat.of().parseHex(id);
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertFalse(content.contains("secret"), file::toString);
                assertFalse(content.contains("volume"), file::toString);
                assertFalse(content.contains(new String(raw, 0, 8, StandardCharsets.ISO_8859_1)), file::toString);
            }
        }
        assertEquals(4, ImageLayout.chunks(IMAGE.length));
    }

    @Test
    void shouldTakeNoKeyWhereThereIsNoEncryption() throws IOException {
        Repository.create(new LocalStorage(directory), Key.NONE).close();
        assertRefused(
                "repository " + directory + " is not encrypted: it takes no passphrase and no key file",
                passphrase("p"));
    }

    /** The cost that users pay, once: it takes as long as it should. */
    @Test
    void shouldTakeTheRecommendedCostUnlessTold() throws IOException {
        Repository.create(new LocalStorage(directory), passphrase("p")).close();
        String config = Files.readString(directory.resolve("config"));
        assertEquals(
                "argon2id.memory-kib=65536", config.lines().skip(6).findFirst().orElseThrow());
        open(passphrase("p")).close();
    }

    private Point store(Key key) throws IOException {
        try (Repository repository = Repository.create(new LocalStorage(directory), key, CHEAP)) {
            repository.lock(LockKind.WRITE);
            return Images.store(repository, IMAGE);
        }
    }

    private void assertRefused(String message, Key key) {
        assertEquals(
                message, assertThrows(WrongKeyException.class, () -> open(key)).getMessage());
    }

    private Repository open(Key key) throws IOException {
        return Repository.open(new LocalStorage(directory), key);
    }

    private static Key passphrase(String text) {
        return new Key.Passphrase(text.toCharArray());
    }
}
