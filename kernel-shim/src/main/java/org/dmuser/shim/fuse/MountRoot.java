package org.dmuser.shim.fuse;

import org.dmuser.shim.os.LibC;

/**
 * What is mounted: the one file of a mount, or the directory its files are in.
 *
 * @param mode kind and permissions, as in {@code st_mode}
 * @param readOnly whether nothing can be written to the mount
 */
public record MountRoot(int mode, boolean readOnly) {
    /** Whose it is: that of whoever serves it. */
    public int uid() {
        return LibC.instance().getuid();
    }

    public int gid() {
        return LibC.instance().getgid();
    }
}
