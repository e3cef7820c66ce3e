package org.dmuser.examples.backup.moment;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that is written past the page cache, whose pages would cost more than what is written to them is worth. */
final class DirectFile {
    private DirectFile() {}

    /**
     * Makes one. Where the file system knows no such thing, or wants larger pieces than 4 KiB, it is a file as others
     * are.
     */
    static FileChannel create(Path path) throws IOException {
        try {
            if (Pieces.SIZE % Files.getFileStore(path.getParent()).getBlockSize() == 0) {
                return FileChannel.open(path, CREATE, WRITE, ExtendedOpenOption.DIRECT);
            }
        } catch (IOException | UnsupportedOperationException e) {
            // tmpfs, for one, says that the option is not valid. Whatever else is wrong is so without it, too.
        }
        return FileChannel.open(path, CREATE, WRITE);
    }
}
