package org.dmuser.cli.run;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.dmuser.channel.OwnerOnly;
import org.dmuser.cli.base.CliException;
import org.dmuser.shim.os.MountEntry;
import org.dmuser.shim.os.MountTable;
import org.dmuser.shim.service.Problems;

/**
 * The file a device is mounted on: where the user wants it, or in a directory of our own. What was made for it is
 * deleted at the end.
 */
final class FilePlace {
    private final Path file;
    private final boolean ours;

    private FilePlace(Path file, boolean ours) {
        this.file = file;
        this.ours = ours;
    }

    /**
     * The file a user names: made if it is not there; otherwise it has to be empty, and stays.
     *
     * <p>What is mounted there already is for whoever mounts to judge: a run that was killed leaves a mount behind, and
     * the file under it.
     */
    static FilePlace at(Path named) throws IOException {
        Path file = resolved(named);
        Optional<MountEntry> mounted = MountTable.at(file);
        return new FilePlace(file, mounted.isPresent() || create(file));
    }

    private static Path resolved(Path named) throws IOException {
        Path absolute = named.toAbsolutePath().normalize();
        if (absolute.getParent() == null) {
            throw new CliException(named + " is a directory: name a file, which dmuser makes");
        }
        try {
            return absolute.getParent().toRealPath().resolve(absolute.getFileName());
        } catch (NoSuchFileException e) {
            throw new CliException(named + ": there is no directory " + absolute.getParent(), e);
        }
    }

    private static boolean create(Path file) {
        try {
            Files.createFile(file, OwnerOnly.file());
            return true;
        } catch (FileAlreadyExistsException e) {
            if (Files.isDirectory(file)) {
                throw new CliException(file + " is a directory: name a file, which dmuser makes", e);
            }
            return false;
        } catch (IOException e) {
            throw new CliException(file + " cannot be made: " + Problems.describe(e), e);
        }
    }

    Path file() {
        return file;
    }

    /** Deletes what was made. */
    void delete() throws IOException {
        // While something is mounted on it, it is somebody else's.
        if (ours && MountTable.at(file).isEmpty()) {
            Files.deleteIfExists(file);
        }
    }
}
