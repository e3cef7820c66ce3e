package org.dmuser.sdk.file;

import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** For files with what is on a disk, which was not for everybody to read: who else may is for their owner to say. */
public final class OwnerOnly {
    private OwnerOnly() {}

    /** Of a file that is made: mode 0600. */
    public static FileAttribute<Set<PosixFilePermission>> file() {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    }
}
