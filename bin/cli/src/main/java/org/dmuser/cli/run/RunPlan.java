package org.dmuser.cli.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.dmuser.cli.base.CliException;
import org.dmuser.cli.base.SpeedOptions;
import org.dmuser.cli.system.FileSystem;
import org.dmuser.cli.system.MountPoint;

/**
 * What a user wants of a run, checked as far as that is possible without doing anything.
 *
 * @param size bytes, or nothing for the size the handler has
 * @param at where the device's file is to be, or nothing if anywhere
 * @param loop whether there is to be a loop device
 * @param force whether to overwrite a file system
 * @param requestTimeout whole milliseconds, or nothing if the handler may take for ever
 */
public record RunPlan(
        HandlerSource handler,
        SpeedOptions speed,
        Optional<Long> size,
        Optional<Path> at,
        boolean loop,
        Optional<FileSystem> fileSystem,
        boolean force,
        Optional<MountPoint> mountPoint,
        boolean readOnly,
        Optional<Duration> requestTimeout) {

    public RunPlan {
        if (readOnly && fileSystem.isPresent()) {
            throw CliException.usage("--read-only and --mkfs exclude each other: making a file system is writing");
        }
        if (force && fileSystem.isEmpty()) {
            throw CliException.usage("--force goes with --mkfs");
        }
    }
}
