package org.dmuser.shim.fuse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.dmuser.channel.Errno;
import org.dmuser.shim.os.MountEntry;
import org.dmuser.shim.os.MountTable;
import org.dmuser.shim.os.Mounts;

/** What has to be true before a device can be mounted, each with the line that says so. */
public final class MountPoints {
    private static final Path FUSE_DEVICE = Path.of("/dev/fuse");

    private MountPoints() {}

    /** Checks that this process can use FUSE at all. */
    public static void checkFuse() throws MountException {
        Errno status = openFuse();
        switch (status) {
            case OK -> {}
            case ENOENT, ENODEV, ENXIO ->
                throw new MountException(
                        status,
                        FUSE_DEVICE + " does not exist: load the kernel's module with \"modprobe fuse\", or give the"
                                + " container the device (docker run --device /dev/fuse --cap-add SYS_ADMIN)");
            case EACCES, EPERM ->
                throw new MountException(
                        status,
                        "no permission for " + FUSE_DEVICE + ": run as root, or ask for \"chmod 666 " + FUSE_DEVICE
                                + "\"");
            default -> throw new MountException(status, "cannot open " + FUSE_DEVICE + ": " + status.text());
        }
    }

    private static Errno openFuse() throws MountException {
        try {
            return Mounts.tryOpen(FUSE_DEVICE);
        } catch (LinkageError e) {
            throw new MountException(
                    Errno.ENOENT,
                    "system calls cannot be made from Java, because jffi cannot load its library from "
                            + System.getProperty("java.io.tmpdir")
                            + "; if that is mounted noexec, name another directory with -Djava.io.tmpdir",
                    e);
        }
    }

    private interface Check {
        void accept(Path path) throws IOException;
    }

    /** The absolute path, without symbolic links, of {@code mountPoint} once it has been found fit for a device. */
    public static Path check(Path mountPoint) throws MountException {
        return check(mountPoint, MountPoints::checkFile);
    }

    /** The same for a directory. */
    public static Path checkDirectory(Path mountPoint) throws MountException {
        return check(mountPoint, path -> {
            if (!Files.isDirectory(path)) {
                throw new MountException(Errno.EINVAL, "cannot mount on " + mountPoint + ": it is not a directory");
            }
        });
    }

    private static Path check(Path mountPoint, Check check) throws MountException {
        try {
            Path path = resolve(mountPoint);
            for (Optional<MountEntry> mounted = MountTable.at(path);
                    mounted.isPresent();
                    mounted = MountTable.at(path)) {
                if (!StaleMounts.removeIfStale(mounted.get())) {
                    throw new MountException(
                            Errno.EBUSY,
                            path + " is a mount point already, of "
                                    + mounted.get().source() + ": unmount it first");
                }
            }
            check.accept(path);
            return path;
        } catch (MountException e) {
            throw e;
        } catch (NoSuchFileException e) {
            throw new MountException(
                    Errno.ENOENT, "cannot mount on " + mountPoint + ": " + e.getFile() + " does not exist");
        } catch (IOException e) {
            throw new MountException(Errno.EIO, "cannot mount on " + mountPoint + ": " + e, e);
        }
    }

    private static Path resolve(Path mountPoint) throws IOException {
        Path absolute = mountPoint.toAbsolutePath();
        if (absolute.getParent() == null || Files.isSymbolicLink(absolute)) {
            return absolute.toRealPath();
        }
        // Not the whole path: what is left of a dead server cannot be asked for anything.
        return absolute.getParent().toRealPath().resolve(absolute.getFileName());
    }

    private static void checkFile(Path path) throws IOException {
        String problem;
        Errno errno = Errno.EINVAL;
        if (!Files.exists(path)) {
            errno = Errno.ENOENT;
            problem = "it does not exist; create it as an empty file";
        } else if (!Files.isRegularFile(path)) {
            problem = (Files.isDirectory(path) ? "it is a directory" : "it is not a regular file")
                    + "; a device is mounted on an empty regular file";
        } else if (Files.size(path) != 0) {
            errno = Errno.EEXIST;
            problem = "it holds " + Files.size(path)
                    + " bytes that would be hidden; a device is mounted on an empty file";
        } else if (!Files.isWritable(path)) {
            errno = Errno.EACCES;
            problem = "it is not writable for this user";
        } else {
            return;
        }
        throw new MountException(errno, "cannot mount on " + path + ": " + problem);
    }
}
