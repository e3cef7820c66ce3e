package org.dmuser.cli.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.util.OptionalLong;
import org.dmuser.cli.base.Console;
import org.dmuser.cli.base.JsonObject;
import org.dmuser.examples.backup.repository.Repository;
import org.dmuser.examples.backup.repository.crypto.Key;
import org.dmuser.examples.backup.repository.crypto.KeyFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code dmuser backup init}. */
@Command(
        name = "init",
        description = "Makes a repository.",
        footer = {
            "",
            "With a passphrase or a key file everything in it is encrypted; whoever loses that loses the backups. A key"
                    + " file that is not there is made: keep a copy of it elsewhere.",
            "  dmuser backup init /backup",
            "  dmuser backup init /backup --encrypt",
            "  dmuser backup init /backup --key-file /root/backup.key",
            "  dmuser backup init 's3://bucket/disks?endpoint=http://127.0.0.1:9000'"
        })
final class InitCommand extends RepositoryCommand {
    @Option(names = "--encrypt", description = "Encrypts it, with a passphrase that is asked for unless it is given.")
    private boolean encrypt;

    @Option(names = "--json", description = "Prints the result as JSON.")
    private boolean json;

    @Override
    int run() throws IOException {
        KeyChoice choice = keyChoice();
        Key key = encrypt || choice.isGiven() ? choice.keyOfNew(url()) : Key.NONE;
        boolean keyFileMade = false;
        if (key instanceof Key.File file && Files.notExists(file.path())) {
            KeyFiles.create(file.path());
            keyFileMade = true;
        }
        try (Repository repository = create(key, keyFileMade)) {
            report(repository, key, keyFileMade);
            return 0;
        }
    }

    /** A key file of a repository that is not made would only be taken for one of another. */
    private Repository create(Key key, boolean keyFileMade) throws IOException {
        try {
            return Repository.create(storage(url(), OptionalLong.empty()), key);
        } catch (IOException | RuntimeException e) {
            if (keyFileMade) {
                Files.deleteIfExists(((Key.File) key).path());
            }
            throw e;
        }
    }

    private void report(Repository repository, Key key, boolean keyFileMade) {
        String encryption = repository.encryption().text();
        if (json) {
            Console.println(new JsonObject()
                    .put("repository", repository.url())
                    .put("id", repository.id())
                    .put("encryption", encryption)
                    .toString());
            return;
        }
        Console.println("repository " + repository.url() + " is made, encryption: " + encryption);
        if (keyFileMade) {
            Console.println("its key is the new file " + ((Key.File) key).path() + ": keep a copy of it elsewhere");
        }
    }
}
