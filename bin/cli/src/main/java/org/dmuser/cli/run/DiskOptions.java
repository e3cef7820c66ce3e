package org.dmuser.cli.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.dmuser.cli.base.CliException;
import org.dmuser.cli.base.Grammar;
import org.dmuser.cli.base.Grammar.Value;
import org.dmuser.cli.system.MountPoint;
import org.dmuser.shim.service.RunDirectory;

/** What the user wants done with a disk that is served in this process. */
public final class DiskOptions {
    private final Value<Boolean> loop;
    private final Value<Path> mountPoint;
    private final Value<Boolean> readOnly;

    /** Adds them to those of a command. */
    public DiskOptions(Grammar grammar) {
        loop = grammar.flag("--loop", "Makes a loop device, /dev/loopN, with direct I/O. Needs root.");
        mountPoint = grammar.option(
                Path.class, "--mount", "DIR", "Mounts it on a directory, by way of a loop device. Needs root.");
        readOnly = grammar.flag("--read-only", "Refuses all writing with EROFS.");
    }

    /** @throws CliException if the user must not do what is wanted */
    public void requirePermission() throws IOException {
        if (loop() && !RunDirectory.isRoot()) {
            throw new CliException((loop.get() ? "--loop" : "--mount") + " needs root: run it with sudo");
        }
    }

    /** Whether there is to be a loop device. */
    public boolean loop() {
        return loop.get() || mountPoint.get() != null;
    }

    /** Where it is to be mounted, found fit for that. */
    public Optional<MountPoint> mountPoint() throws IOException {
        return mountPoint.get() == null ? Optional.empty() : Optional.of(MountPoint.of(mountPoint.get()));
    }

    public boolean readOnly() {
        return readOnly.get();
    }
}
