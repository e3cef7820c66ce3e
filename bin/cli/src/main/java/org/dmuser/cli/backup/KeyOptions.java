package org.dmuser.cli.backup;

import java.nio.file.Path;
import org.dmuser.cli.base.Grammar;
import org.dmuser.cli.base.Grammar.Value;

/** What opens an encrypted repository. */
final class KeyOptions {
    private final Value<Path> passphraseFile;
    private final Value<Path> keyFile;

    /** Adds them to those of a command. */
    KeyOptions(Grammar grammar) {
        passphraseFile = grammar.option(
                Path.class,
                "--passphrase-file",
                "FILE",
                "The repository's passphrase is the first line of FILE. Otherwise it is what the environment"
                        + " variable DMUSER_PASSPHRASE says, or asked for on a terminal.");
        keyFile = grammar.option(Path.class, "--key-file", "FILE", "The repository's key file.");
    }

    KeyChoice choice() {
        return new KeyChoice(passphraseFile.get(), keyFile.get(), "");
    }
}
