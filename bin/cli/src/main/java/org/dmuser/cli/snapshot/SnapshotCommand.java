package org.dmuser.cli.snapshot;

import java.util.List;
import org.dmuser.cli.base.Grammar;
import org.dmuser.cli.base.Subcommand;

/** {@code dmuser snapshot}. */
public final class SnapshotCommand implements Subcommand.Group {
    @Override
    public Grammar grammar() {
        Grammar grammar = new Grammar(
                this,
                "Snapshots of a device that the handler 'snapshot' serves, also while it is in use.",
                "",
                "WHERE is the name of the device, or the directory of its store, with a '/' in it. No daemon is"
                        + " needed.",
                "  dmuser attach disk snapshot base=disk.img store=disk.store --detach",
                "  dmuser snapshot create disk monday",
                "  dmuser snapshot list disk",
                "  dmuser run snapshot base=disk.img store=disk.store at=monday --mount /mnt",
                "  dmuser snapshot export ./disk.store monday monday.img");
        grammar.spec().usageMessage().synopsisSubcommandLabel("COMMAND");
        return grammar;
    }

    @Override
    public List<Subcommand> subcommands() {
        return List.of(
                Subcommand.of(CreateCommand::new, "create"),
                Subcommand.of(ListCommand::new, "list"),
                Subcommand.of(InfoCommand::new, "info"),
                Subcommand.of(DeleteCommand::new, "delete"),
                Subcommand.of(RollbackCommand::new, "rollback"),
                Subcommand.of(ExportCommand::new, "export"));
    }
}
