package org.dmuser.cli.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.dmuser.cli.base.CliException;
import org.dmuser.cli.base.DmuserCommand;
import org.dmuser.cli.base.Grammar.Value;
import org.dmuser.cli.base.HandlerOptions;
import org.dmuser.cli.base.SpeedOptions;
import org.dmuser.cli.base.StopSignal;
import org.dmuser.cli.system.FileSystem;
import org.dmuser.sdk.config.ByteSize;
import org.dmuser.sdk.config.ConfigException;
import org.dmuser.sdk.config.DurationText;

/** {@code dmuser run}. */
public final class RunCommand extends DmuserCommand {
    private final Value<String> handler = grammar.word(String.class, "HANDLER", HandlerOptions.HANDLER);

    private final Value<List<String>> settings = grammar.words(0, "KEY=VALUE", HandlerOptions.SETTINGS);

    private final HandlerOptions options = new HandlerOptions(grammar);

    private final SpeedOptions speed = new SpeedOptions(grammar);

    private final Value<String> size = grammar.option(
            String.class,
            "--size",
            "SIZE",
            "The size of the disk: 512m, 1G, 2097152s. Not needed for handlers that have one, as file has.");

    private final Value<Path> at = grammar.option(
            Path.class,
            "--at",
            "FILE",
            "Where the disk is to be: a file that dmuser makes, or an empty one. Otherwise dmuser chooses.");

    private final Value<String> fileSystem = grammar.option(
            String.class,
            "--mkfs",
            "FSTYPE",
            "Makes a file system on it, with mkfs.FSTYPE; refused where there is one already.");

    private final Value<Boolean> force =
            grammar.flag("--force", "With --mkfs: overwrites a file system that is there.");

    private final DiskOptions disk = new DiskOptions(grammar);

    private final Value<String> requestTimeout = grammar.option(
            String.class,
            "--request-timeout",
            "TIME",
            "How long the handler may take for a request: 500ms, 5s. One that takes longer fails with ETIMEDOUT, and"
                    + " may still be carried out. Otherwise there is no limit.");

    public RunCommand() {
        super(
                "Runs a handler as a disk, in one process, until Ctrl-C or until it is unmounted.",
                "",
                "The disk is a file; --loop, --mkfs and --mount go on from there. At the end all is undone, in order.",
                "The handler may take up to 10 minutes to close, which waits for its disk; after two seconds of that,"
                        + " Ctrl-C ends it at once.",
                "  dmuser run memory --size 1G --at /tmp/disk",
                "  dmuser run file path=disk.img create=4G --mkfs ext4 --mount /mnt",
                "  dmuser run memory --size 1G --filter delay:read=10ms --loop",
                "  dmuser run com.example.MyDisk --classpath build/classes --size 64m");
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        StopSignal stop = StopSignal.install(RunSession.STOP_TIMEOUT);
        // First, because the mount point may be taken by one of those.
        new StaleRuns(stop).takeDown(at.get() == null ? runDirectory().path() : at.get());
        RunPlan plan = plan();
        plan.fileSystem().ifPresent(FileSystem::requireProgram);
        return new RunSession(plan, this::runDirectory, stop).run();
    }

    private RunPlan plan() throws IOException {
        disk.requirePermission();
        return new RunPlan(
                HandlerSource.named(handler.get(), settings.get(), options),
                speed,
                Optional.ofNullable(size.get()).map(RunCommand::parseSize),
                Optional.ofNullable(at.get()),
                disk.loop(),
                Optional.ofNullable(fileSystem.get()).map(FileSystem::new),
                force.get(),
                disk.mountPoint(),
                disk.readOnly(),
                Optional.ofNullable(requestTimeout.get()).map(RunCommand::parseTimeout));
    }

    private static Duration parseTimeout(String text) {
        try {
            Duration timeout = DurationText.parse(text);
            if (timeout.toMillis() < 1 || timeout.toMillis() > Integer.MAX_VALUE) {
                throw CliException.usage(
                        "--request-timeout: '" + text + "' is not between 1ms and " + Integer.MAX_VALUE + "ms");
            }
            return timeout;
        } catch (ConfigException e) {
            throw CliException.usage("--request-timeout: " + e.getMessage());
        }
    }

    private static long parseSize(String text) {
        try {
            return ByteSize.parseDevice(text);
        } catch (ConfigException e) {
            throw CliException.usage("--size: " + e.getMessage());
        }
    }
}
