package org.dmuser.shim.fuse.uring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.dmuser.channel.Errno;
import org.dmuser.shim.fuse.MountException;

/** Whether the kernel has FUSE over io_uring, and has it turned on. */
public final class UringSupport {
    private static final Path PARAMETER = Path.of("/sys/module/fuse/parameters/enable_uring");

    private UringSupport() {}

    /** Checks it. */
    public static void check() throws MountException {
        check(PARAMETER);
    }

    static void check(Path parameter) throws MountException {
        String value;
        try {
            value = Files.readString(parameter).trim();
        } catch (NoSuchFileException e) {
            throw new MountException(
                    Errno.EOPNOTSUPP,
                    "this kernel does not have FUSE over io_uring, which comes with Linux 6.14: leave out \"--fuse"
                            + " uring\"",
                    e);
        } catch (IOException e) {
            throw new MountException(Errno.EIO, "cannot read " + parameter + ": " + e.getMessage(), e);
        }
        if (!value.equals("Y")) {
            throw off();
        }
    }

    static MountException off() {
        return new MountException(
                Errno.EOPNOTSUPP,
                "FUSE over io_uring is turned off in this kernel; turn it on with \"echo Y | sudo tee " + PARAMETER
                        + "\", or leave out \"--fuse uring\"");
    }
}
