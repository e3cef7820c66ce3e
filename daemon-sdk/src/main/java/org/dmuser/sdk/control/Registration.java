package org.dmuser.sdk.control;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.dmuser.sdk.DeviceInfo;

/**
 * Says where the handler of a device keeps its data, for those who know only the device's name: a symbolic link in the
 * run directory of the service.
 *
 * <pre>
 *   run directory/daemon/NAME  -&gt;  the handler's data: a file or a directory, beside or in which its socket is
 * </pre>
 *
 * <p>Where a name has a '/' or a '%', the link's has %2F or %25. The link of a daemon that was killed stays, and still
 * says where the data is.
 */
public final class Registration implements AutoCloseable {
    /** More than there are devices whose daemons end at a time. */
    private static final int TRIES = 1000;

    private static final String DIRECTORY = "daemon";

    private final Path link;
    private final Path data;

    private Registration(Path link, Path data) {
        this.link = link;
        this.data = data;
    }

    /**
     * Makes the link, in place of one that is there.
     *
     * @return nothing for a device that has no run directory
     */
    public static Optional<Registration> make(DeviceInfo device, Path data) throws IOException {
        if (device.runDirectory().isEmpty()) {
            return Optional.empty();
        }
        Path link = link(device.runDirectory().get(), device.name());
        // Made aside and renamed: whoever looks sees the old one or the new one.
        Path aside = link.resolveSibling(
                link.getFileName() + "." + ProcessHandle.current().pid());
        Files.deleteIfExists(aside);
        makeLink(aside, data.toAbsolutePath().normalize());
        Files.move(aside, link, StandardCopyOption.ATOMIC_MOVE);
        return Optional.of(new Registration(link, data.toAbsolutePath().normalize()));
    }

    /** With its directory, which the last of the others to go may remove at any moment. */
    private static void makeLink(Path link, Path data) throws IOException {
        Path directory = link.getParent();
        Files.createDirectories(directory.getParent());
        for (int left = TRIES; ; left--) {
            try {
                Files.createDirectory(directory);
            } catch (FileAlreadyExistsException e) {
                // Of another device.
            }
            try {
                Files.createSymbolicLink(link, data);
                return;
            } catch (NoSuchFileException e) {
                // Just then; so once more. Or it is a link to nowhere.
                if (left == 0) {
                    throw e;
                }
            }
        }
    }

    /** Where the handler of a device has its data; nothing if no such handler was ever attached. */
    public static Optional<Path> find(Path runDirectory, String device) throws IOException {
        try {
            return Optional.of(Files.readSymbolicLink(link(runDirectory, device)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static Path link(Path runDirectory, String device) {
        return runDirectory
                .resolve(DIRECTORY)
                .resolve(device.replace("%", "%25").replace("/", "%2F"));
    }

    /** Removes the link, unless it is another's by now. */
    @Override
    public void close() throws IOException {
        try {
            if (Files.readSymbolicLink(link).equals(data)) {
                Files.delete(link);
                Files.delete(link.getParent());
            }
        } catch (NoSuchFileException | DirectoryNotEmptyException e) {
            // Gone already; or others are registered.
        }
    }
}
