package org.dmuser.cli.backup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dmuser.cli.base.CliException;
import org.dmuser.examples.backup.repository.crypto.Encryption;
import org.dmuser.examples.backup.repository.crypto.Key;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyChoiceTest {
    @TempDir
    private Path directory;

    private Path passphrase(String content) throws IOException {
        return Files.writeString(directory.resolve("pass"), content);
    }

    @Test
    void shouldTakeFirstLineOfPassphraseFile() throws IOException {
        KeyChoice choice = new KeyChoice(passphrase("a secret \nand a note"), null, "");
        Key key = choice.key("repo", Encryption.PASSPHRASE);
        assertArrayEquals("a secret ".toCharArray(), ((Key.Passphrase) key).characters());
        assertEquals(Encryption.PASSPHRASE, choice.keyOfNew("repo").encryption());
    }

    @Test
    void shouldRefuseEmptyPassphrase() throws IOException {
        KeyChoice choice = new KeyChoice(passphrase("\n"), null, "");
        assertMessage("empty", () -> choice.key("repo", Encryption.PASSPHRASE));
    }

    @Test
    void shouldRefuseKeysOfTheWrongKind() {
        Path file = Path.of("file");
        assertMessage("key-file", () -> new KeyChoice(file, file, ""));
        assertMessage("not encrypted", () -> new KeyChoice(file, null, "").key("repo", Encryption.NONE));
        assertMessage("not encrypted", () -> new KeyChoice(null, file, "").key("repo", Encryption.NONE));
        assertMessage("passphrase", () -> new KeyChoice(null, file, "").key("repo", Encryption.PASSPHRASE));
        assertMessage("--to-key-file", () -> new KeyChoice(file, null, "to-").key("repo", Encryption.KEY_FILE));
    }

    @Test
    void shouldNameTheFileThatCannotBeAKey() throws IOException {
        assertMessage(
                directory + " is a directory",
                () -> new KeyChoice(directory, null, "").key("repo", Encryption.PASSPHRASE));
        assertMessage(
                directory + " is a directory",
                () -> new KeyChoice(null, directory, "").key("repo", Encryption.KEY_FILE));
        assertMessage(directory + " is a directory", () -> new KeyChoice(null, directory, "").keyOfNew("repo"));
        Path binary = Files.write(directory.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
        assertMessage(
                binary + " is not text", () -> new KeyChoice(binary, null, "").key("repo", Encryption.PASSPHRASE));
    }

    private interface Choosing {
        Object choose() throws IOException;
    }

    private static void assertMessage(String word, Choosing choosing) {
        CliException e = assertThrows(CliException.class, choosing::choose);
        assertTrue(e.getMessage().contains(word), e.getMessage());
    }
}
