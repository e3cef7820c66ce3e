package org.dmuser.cli.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.util.OptionalLong;
import org.dmuser.cli.base.Console;
import org.dmuser.cli.base.Grammar.Value;
import org.dmuser.cli.base.JsonObject;
import org.dmuser.examples.backup.repository.Repository;
import org.dmuser.examples.backup.repository.crypto.Key;
import org.dmuser.examples.backup.repository.crypto.KeyFiles;

/** {@code dmuser backup init}. */
final class InitCommand extends RepositoryCommand {
    private final Value<Boolean> encrypt =
            grammar.flag("--encrypt", "Encrypts it, with a passphrase that is asked for unless it is given.");

    private final Value<Boolean> json = grammar.flag("--json", "Prints the result as JSON.");

    InitCommand() {
        super(
                "Makes a repository.",
                "",
                "With a passphrase or a key file everything in it is encrypted; whoever loses that loses the backups."
                        + " A key file that is not there is made: keep a copy of it elsewhere.",
                "  dmuser backup init /backup",
                "  dmuser backup init /backup --encrypt",
                "  dmuser backup init /backup --key-file /root/backup.key",
                "  dmuser backup init 's3://bucket/disks?endpoint=http://127.0.0.1:9000'");
    }

    @Override
    int run() throws IOException {
        KeyChoice choice = keyChoice();
        Key key = encrypt.get() || choice.isGiven() ? choice.keyOfNew(url()) : Key.NONE;
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
        if (json.get()) {
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
