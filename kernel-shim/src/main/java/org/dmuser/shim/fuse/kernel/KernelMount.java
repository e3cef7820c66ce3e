package org.dmuser.shim.fuse.kernel;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.dmuser.channel.Errno;
import org.dmuser.shim.fuse.Fusermount;
import org.dmuser.shim.fuse.MountException;
import org.dmuser.shim.fuse.MountOptions;
import org.dmuser.shim.fuse.MountRoot;
import org.dmuser.shim.fuse.protocol.Negotiation;
import org.dmuser.shim.os.LibC;
import org.dmuser.shim.os.PassingProgram;

/** Mounts: by the system call, which takes CAP_SYS_ADMIN, or by the program that may do it for any user. */
final class KernelMount {
    private static final String SUBTYPE = "dmuser";
    private static final String TYPE = "fuse." + SUBTYPE;

    private static final String CONTAINER = "; in a container, mounting takes --cap-add SYS_ADMIN";

    private final Path mountPoint;
    private final MountOptions options;
    private final MountRoot root;

    KernelMount(Path mountPoint, MountOptions options, MountRoot root) {
        this.mountPoint = mountPoint;
        this.options = options;
        this.root = root;
    }

    /** Mounts; the descriptor of the connection, which sleeps when it is read. */
    int open(boolean helperOnly) throws MountException {
        if (!helperOnly) {
            int fd = FuseDevice.open();
            Errno status = mount(fd);
            if (status == Errno.OK) {
                return fd;
            }
            FuseDevice.close(fd);
            if (status != Errno.EPERM) {
                throw new MountException(status, "cannot mount on " + mountPoint + ": " + status.text());
            }
        }
        for (String helper : Fusermount.NAMES) {
            try {
                return openBy(helper);
            } catch (NoSuchFileException e) {
                // The next one, then.
                continue;
            } catch (MountException e) {
                throw e;
            } catch (IOException e) {
                throw new MountException(Errno.EIO, "cannot mount on " + mountPoint + ": " + e.getMessage(), e);
            }
        }
        throw new MountException(
                Errno.EPERM,
                "cannot mount on " + mountPoint + ": for want of CAP_SYS_ADMIN it takes fusermount3, which is not to be"
                        + " found: install it (Debian, Ubuntu: apt-get install fuse3), or run as root" + CONTAINER);
    }

    private Errno mount(int fd) {
        int flags = LibC.MS_NOSUID | LibC.MS_NODEV | (root.readOnly() ? LibC.MS_RDONLY : 0);
        String data = "fd=" + fd
                + ",rootmode=" + Integer.toOctalString(root.mode())
                + ",user_id=" + root.uid()
                + ",group_id=" + root.gid()
                + "," + commonOptions();
        int result = LibC.instance().mount(options.source(), mountPoint.toString(), TYPE, flags, data);
        return result < 0 ? LibC.lastError() : Errno.OK;
    }

    private int openBy(String helper) throws IOException {
        String text = "fsname=" + options.source().replace("\\", "\\\\").replace(",", "\\,")
                + ",subtype=" + SUBTYPE
                + ",nosuid,nodev,"
                + (root.readOnly() ? "ro," : "")
                + commonOptions();
        PassingProgram.Outcome outcome = PassingProgram.run(
                List.of(helper, "-o", text, "--", mountPoint.toString()),
                List.of("_FUSE_COMMFD=0", "LC_ALL=C", "PATH=" + System.getenv().getOrDefault("PATH", "/bin:/usr/bin")));
        if (outcome.fd() < 0) {
            throw new MountException(
                    Errno.EPERM,
                    "cannot mount on " + mountPoint + ": "
                            + (outcome.said().isEmpty() ? helper + " does not say why" : outcome.said()) + CONTAINER);
        }
        return outcome.fd();
    }

    private static String commonOptions() {
        return "default_permissions,max_read=" + Negotiation.TRANSFER_SIZE_MAX;
    }
}
