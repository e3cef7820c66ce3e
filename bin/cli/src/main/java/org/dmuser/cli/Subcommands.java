package org.dmuser.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.dmuser.cli.attach.AttachCommand;
import org.dmuser.cli.attach.ChannelsCommand;
import org.dmuser.cli.attach.HandlersCommand;
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
import picocli.CommandLine;

/**
 * The subcommands. Only the one that is asked for is looked at, because picocli takes longer to read the annotations of
 * all than a short command takes to run.
 */
enum Subcommands {
    RUN(RunCommand::new, "run"),
    SERVE(ServeCommand::new, "serve"),
    STOP(StopCommand::new, "stop"),
    CREATE(CreateCommand::new, "create"),
    LOAD(LoadCommand::new, "load", "reload"),
    CLEAR(ClearCommand::new, "clear"),
    SUSPEND(SuspendCommand::new, "suspend"),
    RESUME(ResumeCommand::new, "resume"),
    REMOVE(RemoveCommand::new, "remove"),
    LS(LsCommand::new, "ls"),
    INFO(InfoCommand::new, "info"),
    STATUS(StatusCommand::new, "status"),
    TABLE(TableCommand::new, "table"),
    ATTACH(AttachCommand::new, "attach"),
    CHANNELS(ChannelsCommand::new, "channels"),
    HANDLERS(HandlersCommand::new, "handlers"),
    DEMO(DemoCommand::new, "demo"),
    WARM_UP(WarmUpCommand::new, "warm-up");

    private final Supplier<Object> maker;
    private final List<String> names;

    Subcommands(Supplier<Object> maker, String... names) {
        this.maker = maker;
        this.names = List.of(names);
    }

    /** Adds the one that the words name, or all of them if they name none. */
    static void addTo(CommandLine main, String... words) {
        String named = firstWord(words);
        for (Subcommands subcommand : values()) {
            if (subcommand.names.contains(named)) {
                subcommand.addTo(main);
                return;
            }
        }
        for (Subcommands subcommand : values()) {
            subcommand.addTo(main);
        }
    }

    private void addTo(CommandLine main) {
        List<String> aliases = new ArrayList<>(names.subList(1, names.size()));
        main.addSubcommand(names.get(0), maker.get(), aliases.toArray(String[]::new));
    }

    /** The first word that is not an option of the main command's. */
    private static String firstWord(String... words) {
        for (int i = 0; i < words.length; i++) {
            if (words[i].equals("--run-dir")) {
                i++;
            } else if (!words[i].startsWith("-")) {
                return words[i];
            }
        }
        return "";
    }
}
