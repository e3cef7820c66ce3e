package org.dmuser.cli.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dmuser.cli.base.CliException;
import org.dmuser.cli.base.DmuserCommand;
import org.dmuser.cli.base.HandlerOptions;
import org.dmuser.cli.base.SpeedOptions;
import org.dmuser.cli.base.StopSignal;
import org.dmuser.cli.system.FileSystem;
import org.dmuser.sdk.config.ByteSize;
import org.dmuser.sdk.config.ConfigException;
import org.dmuser.sdk.config.DurationText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dmuser run}. */
@Command(
        name = "run",
        description = "Runs a handler as a disk, in one process, until Ctrl-C or until it is unmounted.",
        footer = {
            "",
            "The disk is a file; --loop, --mkfs and --mount go on from there. At the end all is undone, in order.",
            "  dmuser run memory --size 1G --at /tmp/disk",
            "  dmuser run file path=disk.img create=4G --mkfs ext4 --mount /mnt",
            "  dmuser run memory --size 1G --filter delay:read=10ms --loop",
            "  dmuser run com.example.MyDisk --classpath build/classes --size 64m"
        })
public final class RunCommand extends DmuserCommand {
    @Parameters(
            index = "0",
            paramLabel = "HANDLER",
            description = "The name of a handler ('dmuser handlers' lists them), or of a class on the class path.")
    private String handler;

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "KEY=VALUE", description = "The handler's settings.")
    private List<String> settings = new ArrayList<>();

    @Mixin
    private final HandlerOptions options = new HandlerOptions();

    @Mixin
    private final SpeedOptions speed = new SpeedOptions();

    @Option(
            names = "--size",
            paramLabel = "SIZE",
            description =
                    "The size of the disk: 512m, 1G, 2097152s. Not needed for handlers that have one, as file has.")
    private String size;

    @Option(
            names = "--at",
            paramLabel = "FILE",
            description =
                    "Where the disk is to be: a file that dmuser makes, or an empty one. Otherwise dmuser chooses.")
    private Path at;

    @Option(
            names = "--mkfs",
            paramLabel = "FSTYPE",
            description = "Makes a file system on it, with mkfs.FSTYPE; refused where there is one already.")
    private String fileSystem;

    @Option(names = "--force", description = "With --mkfs: overwrites a file system that is there.")
    private boolean force;

    @Mixin
    private final DiskOptions disk = new DiskOptions();

    @Option(
            names = "--request-timeout",
            paramLabel = "TIME",
            description = "How long the handler may take for a request: 500ms, 5s. One that takes longer fails with"
                    + " ETIMEDOUT, and may still be carried out. Otherwise there is no limit.")
    private String requestTimeout;

    @Override
    public Integer call() throws IOException, InterruptedException {
        StopSignal stop = StopSignal.install(RunSession.STOP_TIMEOUT);
        // First, because the mount point may be taken by one of those.
        new StaleRuns(stop).takeDown(at == null ? runDirectory().path() : at);
        RunPlan plan = plan();
        plan.fileSystem().ifPresent(FileSystem::requireProgram);
        return new RunSession(plan, this::runDirectory, stop).run();
    }

    private RunPlan plan() throws IOException {
        disk.requirePermission();
        return new RunPlan(
                HandlerSource.named(handler, settings, options),
                speed,
                Optional.ofNullable(size).map(RunCommand::parseSize),
                Optional.ofNullable(at),
                disk.loop(),
                Optional.ofNullable(fileSystem).map(FileSystem::new),
                force,
                disk.mountPoint(),
                disk.readOnly(),
                Optional.ofNullable(requestTimeout).map(RunCommand::parseTimeout));
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
