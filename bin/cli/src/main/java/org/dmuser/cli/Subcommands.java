package org.dmuser.cli;

import java.util.List;
import org.dmuser.cli.attach.AttachCommand;
import org.dmuser.cli.attach.ChannelsCommand;
import org.dmuser.cli.attach.HandlersCommand;
import org.dmuser.cli.backup.BackupCommand;
import org.dmuser.cli.base.Subcommand;
import org.dmuser.cli.demo.DemoCommand;
import org.dmuser.cli.device.ClearCommand;
import org.dmuser.cli.device.CreateCommand;
import org.dmuser.cli.device.InfoCommand;
import org.dmuser.cli.device.LoadCommand;
import org.dmuser.cli.device.LsCommand;
import org.dmuser.cli.device.RemoveCommand;
import org.dmuser.cli.device.ResumeCommand;
import org.dmuser.cli.device.StatusCommand;
import org.dmuser.cli.device.SuspendCommand;
import org.dmuser.cli.device.TableCommand;
import org.dmuser.cli.run.RunCommand;
import org.dmuser.cli.service.ServeCommand;
import org.dmuser.cli.service.StopCommand;
import org.dmuser.cli.snapshot.SnapshotCommand;

/** The subcommands of the main command, in the order in which its help lists them. */
final class Subcommands {
    static final List<Subcommand> ALL = List.of(
            Subcommand.of(RunCommand::new, "run"),
            Subcommand.of(ServeCommand::new, "serve"),
            Subcommand.of(StopCommand::new, "stop"),
            Subcommand.of(CreateCommand::new, "create"),
            Subcommand.of(LoadCommand::new, "load", "reload"),
            Subcommand.of(ClearCommand::new, "clear"),
            Subcommand.of(SuspendCommand::new, "suspend"),
            Subcommand.of(ResumeCommand::new, "resume"),
            Subcommand.of(RemoveCommand::new, "remove"),
            Subcommand.of(LsCommand::new, "ls"),
            Subcommand.of(InfoCommand::new, "info"),
            Subcommand.of(StatusCommand::new, "status"),
            Subcommand.of(TableCommand::new, "table"),
            Subcommand.of(AttachCommand::new, "attach"),
            Subcommand.of(ChannelsCommand::new, "channels"),
            Subcommand.of(HandlersCommand::new, "handlers"),
            Subcommand.of(SnapshotCommand::new, "snapshot"),
            Subcommand.of(BackupCommand::new, "backup"),
            Subcommand.of(DemoCommand::new, "demo"),
            Subcommand.of(WarmUpCommand::new, "warm-up"));

    private Subcommands() {}
}
