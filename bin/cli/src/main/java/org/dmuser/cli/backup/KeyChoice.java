package org.dmuser.cli.backup;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.dmuser.cli.base.CliException;
import org.dmuser.examples.backup.repository.crypto.Encryption;
import org.dmuser.examples.backup.repository.crypto.Key;

/**
 * Where the key of a repository comes from.
 *
 * @param passphraseFile null if none is given
 * @param keyFile null if none is given
 * @param prefix what stands in front of the options and, in capitals, behind {@code DMUSER_} in the environment
 *     variable: empty, or "to-"
 */
record KeyChoice(Path passphraseFile, Path keyFile, String prefix) {
    KeyChoice {
        if (passphraseFile != null && keyFile != null) {
            throw CliException.usage("--" + prefix + "passphrase-file and --" + prefix
                    + "key-file exclude each other: a repository has one or the other");
        }
    }

    /** Whether the user gave one, in whatever way but by typing it. */
    boolean isGiven() {
        return passphraseFile != null || keyFile != null || fromEnvironment() != null;
    }

    /** The key of a repository that is there, and is encrypted in this way. */
    Key key(String repository, Encryption encryption) throws IOException {
        return switch (encryption) {
            case NONE -> none(repository);
            case PASSPHRASE -> passphrase(repository);
            case KEY_FILE -> keyFile(repository);
        };
    }

    /**
     * A key that is not needed is refused, lest somebody believe that what is not encrypted were: whoever can write to
     * the repository could have put another one, without encryption, in its place.
     */
    private Key none(String repository) {
        String plain = "repository " + repository + " is not encrypted: ";
        if (passphraseFile != null || keyFile != null) {
            throw new CliException(
                    plain + "leave out --" + prefix + (keyFile != null ? "key-file" : "passphrase-file"));
        }
        if (fromEnvironment() != null) {
            throw new CliException(plain + "if that is what you expect, unset " + variable());
        }
        return Key.NONE;
    }

    private Key keyFile(String repository) {
        if (keyFile == null) {
            throw new CliException("repository " + repository + " is encrypted with a key file: give it with --"
                    + prefix + "key-file");
        }
        return fileKey();
    }

    private Key fileKey() {
        requireNoDirectory(keyFile, "key-file");
        return new Key.File(keyFile);
    }

    private void requireNoDirectory(Path file, String option) {
        if (Files.isDirectory(file)) {
            throw new CliException("--" + prefix + option + ": " + file + " is a directory");
        }
    }

    private Key passphrase(String repository) throws IOException {
        if (keyFile != null) {
            throw new CliException("repository " + repository + " is encrypted with a passphrase, not with a key file");
        }
        if (passphraseFile != null || fromEnvironment() != null) {
            return new Key.Passphrase(given());
        }
        return new Key.Passphrase(typed("passphrase of " + repository + ": "));
    }

    /** The key of a repository that is to be made; a passphrase is typed twice where no key is given. */
    Key keyOfNew(String repository) throws IOException {
        if (keyFile != null) {
            return fileKey();
        }
        if (isGiven()) {
            return new Key.Passphrase(given());
        }
        char[] first = typed("passphrase for " + repository + ": ");
        if (!String.valueOf(first).equals(String.valueOf(typed("once more: ")))) {
            throw new CliException("the two passphrases differ: nothing was made");
        }
        return new Key.Passphrase(first);
    }

    private char[] given() throws IOException {
        String text = passphraseFile == null ? fromEnvironment() : firstLine(passphraseFile);
        return required(text.toCharArray());
    }

    private String firstLine(Path file) throws IOException {
        requireNoDirectory(file, "passphrase-file");
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            String first = lines.readLine();
            return first == null ? "" : first;
        } catch (CharacterCodingException e) {
            throw new CliException(
                    "--" + prefix + "passphrase-file: " + file + " is not text in UTF-8; a file of any bytes is for --"
                            + prefix + "key-file",
                    e);
        }
    }

    private char[] typed(String prompt) {
        Console console = System.console();
        if (console == null) {
            throw new CliException("a passphrase is needed and there is no terminal to ask on: give it with --" + prefix
                    + "passphrase-file or in the environment variable " + variable());
        }
        char[] typed = console.readPassword("%s", prompt);
        return required(typed == null ? new char[0] : typed);
    }

    private static char[] required(char[] passphrase) {
        if (passphrase.length == 0) {
            throw new CliException("the passphrase is empty");
        }
        return passphrase;
    }

    private String fromEnvironment() {
        String text = System.getenv(variable());
        return text == null || text.isEmpty() ? null : text;
    }

    private String variable() {
        return "DMUSER_" + prefix.replace('-', '_').toUpperCase(Locale.ROOT) + "PASSPHRASE";
    }
}
