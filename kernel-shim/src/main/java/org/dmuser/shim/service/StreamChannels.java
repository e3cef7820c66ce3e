package org.dmuser.shim.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.dmuser.channel.Errno;
import org.dmuser.channel.OwnerOnly;
import org.dmuser.channel.Seats;
import org.dmuser.shim.fuse.FuseMount;
import org.dmuser.shim.fuse.MountException;
import org.dmuser.shim.fuse.MountOptions;
import org.dmuser.shim.fuse.stream.StreamDirectory;
import org.dmuser.shim.fuse.stream.StreamNode;
import org.dmuser.shim.target.user.UserTargets;

/**
 * The directory of stream channels of a service, with a file for each {@code user} target there is. Where it cannot be
 * mounted, daemons can do without it: memory channels need no FUSE.
 */
final class StreamChannels implements AutoCloseable {
    private static final String NAME = "dm-user";

    /** How long those who have channels open get to close them, once these have all ended. */
    private static final long PATIENCE_MS = 500;

    private final Path path;
    private final Optional<FuseMount> mount;

    private StreamChannels(Path path, Optional<FuseMount> mount) {
        this.path = path;
        this.mount = mount;
    }

    /** Makes the directory and mounts it if it can; if not, {@code events} are told why. */
    static StreamChannels open(RunDirectory directory, UserTargets targets, Seats seats, Consumer<String> events)
            throws IOException {
        Path path = directory.dmUser();
        Files.createDirectories(path, OwnerOnly.directory());
        MountOptions options = MountOptions.of(NAME).withPatienceMs(PATIENCE_MS).withSeats(seats);
        try {
            FuseMount mount = StreamDirectory.mount(
                    path,
                    () -> nodes(targets),
                    options,
                    e -> events.accept("stream channels: " + Problems.describe(e)),
                    events);
            return new StreamChannels(path, Optional.of(mount));
        } catch (MountException e) {
            events.accept("no stream channels: " + Problems.describe(e));
            return new StreamChannels(path, Optional.empty());
        }
    }

    private static List<StreamNode> nodes(UserTargets targets) {
        return targets.all().stream()
                .map(target -> new StreamNode(target.number(), target.controlName(), target.queue()))
                .toList();
    }

    /** Unmounts it, even while somebody has a channel open, and deletes the directory. */
    @Override
    public void close() throws IOException {
        if (mount.isPresent()) {
            unmount(mount.get());
        }
        Files.deleteIfExists(path);
    }

    private static void unmount(FuseMount mount) throws MountException {
        try {
            mount.unmount();
        } catch (MountException e) {
            if (e.errno() != Errno.EBUSY) {
                throw e;
            }
            mount.close();
        }
    }
}
