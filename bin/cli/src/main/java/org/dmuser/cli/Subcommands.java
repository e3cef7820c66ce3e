package org.dmuser.cli;

import java.util.List;
import java.util.stream.Stream;
import org.dmuser.cli.attach.AttachCommand;
import org.dmuser.cli.attach.ChannelsCommand;
import org.dmuser.cli.attach.HandlersCommand;
import org.dmuser.cli.backup.BackupCommand;
import org.dmuser.cli.base.Subcommand;
import org.dmuser.cli.demo.DemoCommand;
import org.dmuser.cli.device.DeviceCommands;
import org.dmuser.cli.dmsetup.Dmsetup;
import org.dmuser.cli.dmsetup.DmsetupCommand;
import org.dmuser.cli.manual.CompletionCommand;
import org.dmuser.cli.manual.ManCommand;
import org.dmuser.cli.replay.ReplayLogCommand;
import org.dmuser.cli.run.RunCommand;
import org.dmuser.cli.service.ServeCommand;
import org.dmuser.cli.service.StopCommand;
import org.dmuser.cli.snapshot.SnapshotCommand;
import picocli.CommandLine;

/** The subcommands of the main command, in the order in which its help lists them. */
final class Subcommands {
    private static final List<Subcommand> SERVICE = List.of(
            Subcommand.of(RunCommand::new, "run"),
            Subcommand.of(ServeCommand::new, "serve"),
            Subcommand.of(StopCommand::new, "stop"));

    private static final List<Subcommand> MORE = List.of(
            Subcommand.of(DmsetupCommand::new, Dmsetup.NAME),
            Subcommand.of(AttachCommand::new, "attach"),
            Subcommand.of(ChannelsCommand::new, "channels"),
            Subcommand.of(HandlersCommand::new, "handlers"),
            Subcommand.of(SnapshotCommand::new, "snapshot"),
            Subcommand.of(BackupCommand::new, "backup"),
            Subcommand.of(ReplayLogCommand::new, "replay-log"),
            Subcommand.of(DemoCommand::new, "demo"),
            Subcommand.of(() -> new ManCommand(Dmuser::commandLine), "man"),
            Subcommand.of(() -> new CompletionCommand(Dmuser::commandLine), "completion"),
            Subcommand.of(VersionCommand::new, "version"),
            Subcommand.of(WarmUpCommand::new, "warm-up"));

    private Subcommands() {}

    /** Adds the one that the words name, or all of them if they name none. */
    static void add(CommandLine main, List<String> words) {
        // Those of dmsetup are made only for whoever may want them: they are many.
        if (!Subcommand.addNamed(main, SERVICE, words) && !Subcommand.addNamed(main, MORE, words)) {
            Subcommand.add(main, all(), words);
        }
    }

    static List<Subcommand> all() {
        return Stream.of(SERVICE, DeviceCommands.all(), MORE)
                .flatMap(List::stream)
                .toList();
    }
}
