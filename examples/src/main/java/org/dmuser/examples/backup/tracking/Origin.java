package org.dmuser.examples.backup.tracking;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;

/**
 * What can be seen of an origin from outside: whether it is still the same file, and when it was last written to.
 *
 * @param size bytes
 * @param number of its inode, or of the device if it is a block device
 * @param mtimeSeconds since 1970
 * @param mtimeNanos a block device has no time of its last write: both are 0
 */
public record Origin(long size, long number, long mtimeSeconds, int mtimeNanos) {
    private static final int TYPE_MASK = 0170000;
    private static final int BLOCK_DEVICE = 0060000;

    /**
     * Looks at the file.
     *
     * @param size bytes, as the one who serves it sees it
     */
    public static Origin of(Path path, long size) throws IOException {
        if (isBlockDevice(path)) {
            return new Origin(size, (Long) Files.getAttribute(path, "unix:rdev"), 0, 0);
        }
        FileTime mtime = Files.getLastModifiedTime(path);
        Instant instant = mtime.toInstant();
        return new Origin(
                size, (Long) Files.getAttribute(path, "unix:ino"), instant.getEpochSecond(), instant.getNano());
    }

    public static boolean isBlockDevice(Path path) throws IOException {
        return ((Integer) Files.getAttribute(path, "unix:mode") & TYPE_MASK) == BLOCK_DEVICE;
    }

    boolean isSameFile(Origin other) {
        return size == other.size && number == other.number;
    }

    Instant mtime() {
        return Instant.ofEpochSecond(mtimeSeconds, mtimeNanos);
    }
}
