package org.dmuser.cli.backup;

import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import org.dmuser.cli.base.CliException;
import org.dmuser.cli.base.Console;
import org.dmuser.examples.backup.repository.LockKind;
import org.dmuser.examples.backup.repository.Repository;
import org.dmuser.examples.backup.repository.format.DamagedException;

/** {@code dmuser backup rebuild-index}. */
final class RebuildIndexCommand extends RepositoryCommand {
    RebuildIndexCommand() {
        super(
                "Writes the index anew, from what the packs themselves say they hold.",
                "",
                "Needed after index files were damaged or lost, and after packs were. A pack that is damaged is left"
                        + " out and named; the next backup stores anew what was in it, where the device still has"
                        + " that.",
                "  dmuser backup rebuild-index /backup");
    }

    @Override
    int run() throws IOException {
        try (Repository repository = open(LockKind.EXCLUSIVE, OptionalLong.empty())) {
            List<DamagedException> damaged = repository.rebuildIndex();
            damaged.forEach(pack -> Console.error(pack.getMessage() + "; left out"));
            Console.println("the index of " + repository.url() + " is made anew");
            return damaged.isEmpty() ? 0 : CliException.DAMAGED;
        }
    }
}
