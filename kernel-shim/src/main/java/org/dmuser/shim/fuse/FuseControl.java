package org.dmuser.shim.fuse;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.dmuser.shim.os.LibC;
import org.dmuser.shim.os.Mounts;

/**
 * The kernel's control file system for FUSE, which ends connections, even those whose mounts are all out of reach.
 * Where it is not mounted, it is for the moment it is needed, if this process may do so.
 */
final class FuseControl {
    private static final Path CONNECTIONS = Path.of("/sys/fs/fuse/connections");
    private static final String TYPE = "fusectl";

    private FuseControl() {}

    /** Whether {@link #abort} can do anything. */
    static boolean canAbort(int connection) {
        return perform(connection, Files::isWritable);
    }

    /**
     * Fails everything under way on a connection, and whatever is asked of it from now on, and wakes its server.
     *
     * @param connection the minor number of its mount's device, which has another mount as soon as this one has none
     * @param isConnected whether it has not come to its end
     * @return false if that cannot be done
     */
    static boolean abort(int connection, BooleanSupplier isConnected) {
        return perform(connection, file -> {
            try (OutputStream abort = Files.newOutputStream(file, StandardOpenOption.WRITE)) {
                // The open file is that connection's for ever. If it is alive now, it is the one that was meant.
                if (isConnected.getAsBoolean()) {
                    abort.write('1');
                }
                return true;
            } catch (IOException e) {
                return false;
            }
        });
    }

    private static boolean perform(int connection, Predicate<Path> action) {
        Path usual = abortFile(CONNECTIONS, connection);
        return Files.isWritable(usual) ? action.test(usual) : performElsewhere(connection, action);
    }

    private static boolean performElsewhere(int connection, Predicate<Path> action) {
        try {
            Path directory = Files.createTempDirectory("dmuser-fusectl-");
            try {
                return mount(directory) && performOn(directory, connection, action);
            } finally {
                Files.delete(directory);
            }
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean mount(Path directory) {
        return LibC.instance().mount(TYPE, directory.toString(), TYPE, LibC.MS_NOSUID | LibC.MS_NODEV, null) >= 0;
    }

    private static boolean performOn(Path directory, int connection, Predicate<Path> action) {
        try {
            return action.test(abortFile(directory, connection));
        } finally {
            Mounts.detach(directory);
        }
    }

    private static Path abortFile(Path connections, int connection) {
        return connections.resolve(Integer.toString(connection)).resolve("abort");
    }
}
