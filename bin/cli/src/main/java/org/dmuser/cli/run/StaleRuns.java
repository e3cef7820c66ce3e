package org.dmuser.cli.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.dmuser.cli.base.CliException;
import org.dmuser.cli.base.EventLog;
import org.dmuser.cli.base.StopSignal;
import org.dmuser.cli.system.ExternalCommand;
import org.dmuser.cli.system.LoopDevice;
import org.dmuser.shim.fuse.StaleMounts;
import org.dmuser.shim.os.MountEntry;
import org.dmuser.shim.os.MountTable;

/**
 * What runs that were killed have left: a file whose server is dead, the loop devices on it, and what is mounted on
 * those. Nothing of it can be used, and nothing is lost by taking it down.
 */
public final class StaleRuns {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final EventLog events = new EventLog();
    private final StopSignal stop;

    public StaleRuns(StopSignal stop) {
        this.stop = stop;
    }

    /** Takes down those whose file is {@code place}, or in it if that is a directory. */
    public void takeDown(Path place) throws IOException, InterruptedException {
        Path parent = place.toAbsolutePath().normalize().getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            return;
        }
        Path real = parent.toRealPath().resolve(place.getFileName());
        for (MountEntry entry : MountTable.read()) {
            Path file = Path.of(entry.mountPoint());
            if (file.startsWith(real) && StaleMounts.isStale(entry)) {
                takeDownDead(file);
            }
        }
    }

    private void takeDownDead(Path file) throws IOException, InterruptedException {
        for (LoopDevice loop : LoopDevice.on(file)) {
            for (MountEntry mounted : MountTable.read()) {
                if (mounted.source().equals(loop.toString())) {
                    run("umount", mounted.mountPoint());
                }
            }
            loop.detach(file, () -> 0, PATIENCE, stop);
        }
        run("umount", file.toString());
        if (Files.isRegularFile(file) && Files.size(file) == 0) {
            // Made to be mounted on, and the next run makes it again.
            Files.delete(file);
        }
        events.accept("unmounted " + file + ", left over from a run that was killed");
    }

    private void run(String... words) throws InterruptedException {
        ExternalCommand command = ExternalCommand.of(words);
        ExternalCommand.Result result =
                command.runWhile(() -> 0, PATIENCE, stop).orElseThrow(() -> new CliException(command + " hangs"));
        if (!result.isSuccess()) {
            throw new CliException(
                    "a run that was killed has left something that cannot be taken down: " + result.summary());
        }
    }
}
