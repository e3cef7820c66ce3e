package org.dmuser.cli.snapshot;

import java.io.IOException;
import org.dmuser.cli.base.Console;
import org.dmuser.cli.base.Grammar.Value;

/** {@code dmuser snapshot create}. */
final class CreateCommand extends StoreCommand {
    private final Value<String> name =
            grammar.word(String.class, "NAME", "What to call it: letters, digits and _ . : + -");

    CreateCommand() {
        super("Makes a snapshot: the device as it is at this moment, with every write that has returned. What a file"
                + " system has not written yet is not in it: sync, or fsfreeze, comes before.");
    }

    @Override
    public Integer call() throws IOException {
        access().run("create", name.get());
        Console.println("snapshot " + name.get() + " is made");
        return 0;
    }
}
