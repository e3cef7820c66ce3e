package org.dmuser.shim.os;

/**
 * One line of the mount table.
 *
 * @param deviceMinor the minor number of its device; for FUSE, whose major number is 0, the number of its connection
 * @param mountPoint where it is mounted: text, for not every path of the system need be one of this JVM's locale
 * @param type the type of the file system, with a subtype behind a dot where there is one
 * @param source what is mounted
 * @param readOnly whether this mount is read-only
 */
public record MountEntry(int deviceMinor, String mountPoint, String type, String source, boolean readOnly) {
    /** Whether it is served by a process through FUSE. */
    public boolean isFuse() {
        return type.equals("fuse") || type.startsWith("fuse.") || type.equals("fuseblk");
    }
}
