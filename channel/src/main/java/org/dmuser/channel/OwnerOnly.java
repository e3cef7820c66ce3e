package org.dmuser.channel;

import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** For what has, or leads to, what is on a disk, which is not for everybody to read: its owner says who else may. */
public final class OwnerOnly {
    private OwnerOnly() {}

    /** Of a file that is made: mode 0600. */
    public static FileAttribute<Set<PosixFilePermission>> file() {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    }

    /** Of a directory that is made: mode 0700. */
    public static FileAttribute<Set<PosixFilePermission>> directory() {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    }
}
