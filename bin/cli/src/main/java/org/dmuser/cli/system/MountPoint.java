package org.dmuser.cli.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.dmuser.cli.base.CliException;
import org.dmuser.cli.base.StopSignal;
import org.dmuser.shim.os.MountEntry;
import org.dmuser.shim.os.MountTable;

/** A directory on which a file system is mounted, by mount and umount. */
public record MountPoint(Path path) {
    /** The directory a user names, found fit to be mounted on. */
    public static MountPoint of(Path named) throws IOException {
        if (!Files.exists(named)) {
            throw new CliException("--mount " + named + " does not exist: make the directory first");
        }
        if (!Files.isDirectory(named)) {
            throw new CliException("--mount " + named + " is not a directory");
        }
        Path path = named.toRealPath();
        Optional<MountEntry> mounted = MountTable.at(path);
        if (mounted.isPresent()) {
            throw new CliException(
                    "--mount " + named + " is in use: " + mounted.get().source() + " is mounted there");
        }
        return new MountPoint(path);
    }

    public void mount(LoopDevice device, boolean readOnly, StopSignal stop) throws InterruptedException {
        List<String> words = new ArrayList<>(List.of("mount"));
        if (readOnly) {
            words.addAll(List.of("-o", "ro"));
        }
        words.addAll(List.of(device.toString(), path.toString()));
        ExternalCommand.Result result = ExternalCommand.of(words).tryRun(stop);
        if (!result.isSuccess()) {
            boolean blank = result.output().contains("wrong fs type");
            throw new CliException("cannot mount " + device + " on " + path + ": "
                    + (blank
                            ? "there is no file system on it that this machine knows; --mkfs makes one"
                            : result.summary()));
        }
    }

    /** Whether one of {@code devices} is mounted here. */
    public boolean holds(List<LoopDevice> devices) throws IOException {
        Optional<MountEntry> mounted = MountTable.at(path);
        return mounted.isPresent()
                && devices.stream()
                        .anyMatch(
                                device -> device.toString().equals(mounted.get().source()));
    }

    /**
     * Unmounts it. While somebody uses it, everything is written back first, and then it is taken out of the name
     * space.
     *
     * @return whether it is unmounted; if not, it is out of the name space, and those who use it keep it
     * @throws CliException if it hangs: there is no progress
     */
    public boolean unmount(LongSupplier progress, Duration patience, StopSignal stop) throws InterruptedException {
        ExternalCommand.Result result = run(progress, patience, stop, "umount", path.toString());
        if (result.isSuccess()) {
            return true;
        }
        run(progress, patience, stop, "sync", "-f", path.toString());
        ExternalCommand.Result detached = run(progress, patience, stop, "umount", "--lazy", path.toString());
        if (!detached.isSuccess()) {
            throw new CliException(detached.summary());
        }
        return false;
    }

    private static ExternalCommand.Result run(
            LongSupplier progress, Duration patience, StopSignal stop, String... words) throws InterruptedException {
        ExternalCommand command = ExternalCommand.of(words);
        return command.runWhile(progress, patience, stop)
                .orElseThrow(() ->
                        new CliException(command + " hangs: no request has ended for " + patience.toSeconds() + " s"));
    }
}
