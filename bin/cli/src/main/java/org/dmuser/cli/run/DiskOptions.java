package org.dmuser.cli.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.dmuser.cli.base.CliException;
import org.dmuser.cli.system.MountPoint;
import org.dmuser.shim.service.RunDirectory;
import picocli.CommandLine.Option;

/** What the user wants done with a disk that is served in this process. */
public final class DiskOptions {
    @Option(names = "--loop", description = "Makes a loop device, /dev/loopN, with direct I/O. Needs root.")
    private boolean loop;

    @Option(
            names = "--mount",
            paramLabel = "DIR",
            description = "Mounts it on a directory, by way of a loop device. Needs root.")
    private Path mountPoint;

    @Option(names = "--read-only", description = "Refuses all writing with EROFS.")
    private boolean readOnly;

    /** @throws CliException if the user must not do what is wanted */
    public void requirePermission() throws IOException {
        if (loop() && !RunDirectory.isRoot()) {
            throw new CliException((loop ? "--loop" : "--mount") + " needs root: run it with sudo");
        }
    }

    /** Whether there is to be a loop device. */
    public boolean loop() {
        return loop || mountPoint != null;
    }

    /** Where it is to be mounted, found fit for that. */
    public Optional<MountPoint> mountPoint() throws IOException {
        return mountPoint == null ? Optional.empty() : Optional.of(MountPoint.of(mountPoint));
    }

    public boolean readOnly() {
        return readOnly;
    }
}
