package org.dmuser.shim.fuse;

import java.nio.file.Path;
import org.dmuser.shim.file.BlockFile;

/** A way to show a device as a file to every process of the machine. */
public interface FuseTransport {
    /**
     * Mounts {@code file} on {@code mountPoint}, an existing, empty, regular file. The file answers when this returns.
     * A mount of ours that is left there by a process that died is removed first.
     *
     * @throws MountException in one line, why not
     */
    FuseMount mount(BlockFile file, Path mountPoint, MountOptions options) throws MountException;
}
