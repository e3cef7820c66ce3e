package org.dmuser.cli.snapshot;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.dmuser.cli.base.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code dmuser snapshot delete}. */
@Command(name = "delete", description = "Gives snapshots up; what only they have needed is free again.")
final class DeleteCommand extends StoreCommand {
    @Parameters(index = "1..*", arity = "1..*", paramLabel = "SNAPSHOT", description = "Which ones.")
    private List<String> names = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        for (String name : names) {
            access().run("delete", name);
            Console.println("snapshot " + name + " is deleted");
        }
        return 0;
    }
}
