package org.dmuser.cli.snapshot;

import java.io.IOException;
import org.dmuser.cli.base.CliException;
import org.dmuser.cli.base.Console;
import org.dmuser.cli.base.Grammar.Value;

/** {@code dmuser snapshot rollback}. */
final class RollbackCommand extends StoreCommand {
    private final Value<String> name = grammar.word(String.class, "SNAPSHOT", "Which one.");

    private final Value<Boolean> force = grammar.flag(
            "--force",
            "Also while the device is attached. Unmount what is on it before: a file system that is mounted on it does"
                    + " not know, and would ruin itself.");

    RollbackCommand() {
        super("Makes the device what it was when the snapshot was made. What it is now is lost, unless a snapshot of"
                + " it is made first; all snapshots stay.");
    }

    @Override
    public Integer call() throws IOException {
        StoreAccess access = access();
        if (!force.get() && access.hasDaemon()) {
            throw new CliException("a daemon serves a device from " + access.path()
                    + ": unmount what is on it, then say --force; or end the daemon first");
        }
        access.run("rollback", name.get());
        Console.println("the device is what it was at snapshot " + name.get());
        return 0;
    }
}
