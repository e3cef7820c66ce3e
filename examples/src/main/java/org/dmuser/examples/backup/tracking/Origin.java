package org.dmuser.examples.backup.tracking;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What can be seen of an origin from outside: whether it is still the same file, and whether it was written to.
 *
 * @param size bytes
 * @param number of its inode, or of the device if it is a block device
 */
public record Origin(long size, long number, LastWrite lastWrite) {
    private static final int TYPE_MASK = 0170000;
    private static final int BLOCK_DEVICE = 0060000;

    /**
     * Looks at the file.
     *
     * @param size bytes, as the one who serves it sees it
     */
    public static Origin of(Path path, long size) throws IOException {
        if (isBlockDevice(path)) {
            long number = (Long) Files.getAttribute(path, "unix:rdev");
            return new Origin(size, number, SectorCount.of(number));
        }
        return new Origin(size, (Long) Files.getAttribute(path, "unix:ino"), ChangeTime.of(path));
    }

    public static boolean isBlockDevice(Path path) throws IOException {
        return ((Integer) Files.getAttribute(path, "unix:mode") & TYPE_MASK) == BLOCK_DEVICE;
    }

    boolean isSameFile(Origin other) {
        return size == other.size && number == other.number && lastWrite.getClass() == other.lastWrite.getClass();
    }
}
