package org.dmuser.cli.backup;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What opens an encrypted repository. */
final class KeyOptions {
    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            description = "The repository's passphrase is the first line of FILE. Otherwise it is what the environment"
                    + " variable DMUSER_PASSPHRASE says, or asked for on a terminal.")
    private Path passphraseFile;

    @Option(names = "--key-file", paramLabel = "FILE", description = "The repository's key file.")
    private Path keyFile;

    KeyChoice choice() {
        return new KeyChoice(passphraseFile, keyFile, "");
    }
}
