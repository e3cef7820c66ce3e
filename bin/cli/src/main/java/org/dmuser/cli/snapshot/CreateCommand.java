package org.dmuser.cli.snapshot;

import java.io.IOException;
import org.dmuser.cli.base.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code dmuser snapshot create}. */
@Command(
        name = "create",
        description = "Makes a snapshot: the device as it is at this moment, with every write that has returned. What a"
                + " file system has not written yet is not in it: sync, or fsfreeze, comes before.")
final class CreateCommand extends StoreCommand {
    @Parameters(index = "1", paramLabel = "NAME", description = "What to call it: letters, digits and _ . : + -")
    private String name;

    @Override
    public Integer call() throws IOException {
        access().run("create", name);
        Console.println("snapshot " + name + " is made");
        return 0;
    }
}
