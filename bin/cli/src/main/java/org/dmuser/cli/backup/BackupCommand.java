package org.dmuser.cli.backup;

import java.util.List;
import java.util.Set;
import org.dmuser.cli.base.Grammar;
import org.dmuser.cli.base.Subcommand;
import org.dmuser.examples.backup.repository.HeadStart;

/** {@code dmuser backup}. */
public final class BackupCommand implements Subcommand.Group {
    private static final Set<String> WITH_CHUNKS = Set.of("create", "restore", "verify", "copy", "mount");

    /** To be called with the words of a command line before they are looked at any further. */
    public static void headStart(List<String> words) {
        if (words.size() > 1 && words.get(0).equals("backup") && WITH_CHUNKS.contains(words.get(1))) {
            HeadStart.begin();
        }
    }

    @Override
    public Grammar grammar() {
        Grammar grammar = new Grammar(
                this,
                "Backups of devices and images in a repository, and what to do with them.",
                "",
                "Exit status: 0 success, 1 failure, 2 a command that was not written right, 3 damaged data was found,"
                        + " 4 the repository or the device is locked by somebody else, 130 broken off by Ctrl-C or"
                        + " SIGTERM.");
        grammar.spec().usageMessage().synopsisSubcommandLabel("COMMAND");
        return grammar;
    }

    @Override
    public List<Subcommand> subcommands() {
        return List.of(
                Subcommand.of(InitCommand::new, "init"),
                Subcommand.of(CreateCommand::new, "create"),
                Subcommand.of(ListCommand::new, "list"),
                Subcommand.of(ShowCommand::new, "show"),
                Subcommand.of(VerifyCommand::new, "verify"),
                Subcommand.of(RestoreCommand::new, "restore"),
                Subcommand.of(MountCommand::new, "mount"),
                Subcommand.of(PruneCommand::new, "prune"),
                Subcommand.of(CopyCommand::new, "copy"),
                Subcommand.of(RebuildIndexCommand::new, "rebuild-index"),
                Subcommand.of(StatusCommand::new, "status"));
    }
}
