package org.dmuser.cli.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dmuser.cli.base.CliException;

/** What a user has named, looked at before it is opened: opening a pipe would wait for whoever has its other end. */
final class NamedFile {
    /** Of {@code st_mode}. */
    private static final int MODE_TYPE = 0170000;

    private static final int MODE_BLOCK_DEVICE = 0060000;

    private NamedFile() {}

    /**
     * Checks that it can be read and written at any place.
     *
     * @param what it is, for people
     * @throws CliException if it is neither a file nor a block device
     */
    static void require(Path path, String what) throws IOException {
        if (path.toString().isEmpty()) {
            throw CliException.usage("an empty word is no path: name " + what + ", a file or a block device");
        }
        if (!Files.isRegularFile(path) && !isBlockDevice(path)) {
            throw new CliException(path + (Files.isDirectory(path) ? " is a directory" : " is no file that has an end")
                    + ": name " + what + ", a file or a block device");
        }
    }

    private static boolean isBlockDevice(Path path) throws IOException {
        return ((Integer) Files.getAttribute(path, "unix:mode") & MODE_TYPE) == MODE_BLOCK_DEVICE;
    }
}
