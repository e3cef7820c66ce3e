package org.dmuser.cli.snapshot;

import java.io.IOException;
import java.util.List;
import org.dmuser.cli.base.Console;
import org.dmuser.cli.base.Grammar.Value;

/** {@code dmuser snapshot delete}. */
final class DeleteCommand extends StoreCommand {
    private final Value<List<String>> names = grammar.words(1, "SNAPSHOT", "Which ones.");

    DeleteCommand() {
        super("Gives snapshots up; what only they have needed is free again.");
    }

    @Override
    public Integer call() throws IOException {
        for (String name : names.get()) {
            access().run("delete", name);
            Console.println("snapshot " + name + " is deleted");
        }
        return 0;
    }
}
