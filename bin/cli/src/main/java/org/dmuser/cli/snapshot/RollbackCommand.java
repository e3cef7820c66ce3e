package org.dmuser.cli.snapshot;

import java.io.IOException;
import org.dmuser.cli.base.CliException;
import org.dmuser.cli.base.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dmuser snapshot rollback}. */
@Command(
        name = "rollback",
        description = "Makes the device what it was when the snapshot was made. What it is now is lost, unless a"
                + " snapshot of it is made first; all snapshots stay.")
final class RollbackCommand extends StoreCommand {
    @Parameters(index = "1", paramLabel = "SNAPSHOT", description = "Which one.")
    private String name;

    @Option(
            names = "--force",
            description = "Also while the device is attached. Unmount what is on it before: a file system that is"
                    + " mounted on it does not know, and would ruin itself.")
    private boolean force;

    @Override
    public Integer call() throws IOException {
        StoreAccess access = access();
        if (!force && access.hasDaemon()) {
            throw new CliException("a daemon serves a device from " + access.path()
                    + ": unmount what is on it, then say --force; or end the daemon first");
        }
        access.run("rollback", name);
        Console.println("the device is what it was at snapshot " + name);
        return 0;
    }
}
