package org.dmuser.shim.fuse;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dmuser.channel.Errno;
import org.dmuser.shim.os.MountEntry;
import org.dmuser.shim.os.MountTable;
import org.dmuser.shim.os.Mounts;

/**
 * Mounts of devices whose server has died: every use of them fails with ENOTCONN until they are unmounted. They are
 * known by their source, {@code dmuser:NAME}.
 */
public final class StaleMounts {
    static final String SOURCE_PREFIX = "dmuser:";

    private static final long PROBE_TIMEOUT_MS = 15_000;

    private StaleMounts() {}

    /**
     * Unmounts those under {@code directory}. Mounts whose server lives, or does not answer, stay.
     *
     * @return what was unmounted
     */
    public static List<Path> removeUnder(Path directory) throws IOException {
        Path under = directory.toRealPath();
        List<Path> removed = new ArrayList<>();
        for (MountEntry entry : MountTable.read()) {
            if (Path.of(entry.mountPoint()).startsWith(under) && removeIfStale(entry)) {
                removed.add(Path.of(entry.mountPoint()));
            }
        }
        return removed;
    }

    /** Unmounts what is on {@code path} itself if it is ours and its server is dead; answers whether that was so. */
    public static boolean removeAt(Path path) throws IOException {
        Path parent = path.toAbsolutePath().getParent().toRealPath();
        Optional<MountEntry> entry = MountTable.at(parent.resolve(path.getFileName()));
        return entry.isPresent() && removeIfStale(entry.get());
    }

    /** Unmounts one of ours if its server is dead; answers whether that was so. */
    static boolean removeIfStale(MountEntry entry) throws MountException {
        if (!isStale(entry)) {
            return false;
        }
        Path mountPoint = Path.of(entry.mountPoint());
        Errno status = Unmount.detach(mountPoint);
        if (status != Errno.OK) {
            throw new MountException(
                    status,
                    "cannot unmount " + mountPoint + ", which is left over from a server that died: " + status.text());
        }
        return true;
    }

    /** Whether it is one; waits a while for a server that may live, and takes one that does not answer for alive. */
    public static boolean isStale(MountEntry entry) {
        return entry.isFuse() && entry.source().startsWith(SOURCE_PREFIX) && isDead(Path.of(entry.mountPoint()));
    }

    private static boolean isDead(Path mountPoint) {
        try {
            return Mounts.probe(mountPoint, PROBE_TIMEOUT_MS)
                    .filter(Errno.ENOTCONN::equals)
                    .isPresent();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
