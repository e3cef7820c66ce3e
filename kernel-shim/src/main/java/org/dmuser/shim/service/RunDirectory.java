package org.dmuser.shim.service;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.Set;
import org.dmuser.channel.OwnerOnly;

/**
 * Where a service keeps what others find it by, and where they look for it.
 *
 * <pre>
 *   control        Unix socket of the service
 *   lock           held by the service as long as it lives; its process id
 *   mapper/NAME    a device, as a file: a link to that of its number
 *   node/dm-MINOR  a device, as a file: its mount
 *   dm-user/NAME   a stream channel of a user target, for daemons that read and write it
 *   channel/       memory channels: a directory, or a link to one in memory
 *     NAME.N
 *   daemon/NAME    a link to the data of the handler of a device, made by its daemon
 *   service.log    of a service that runs detached
 *   run-PID/       the device of a {@code dmuser run} without a place of its own
 * </pre>
 *
 * <p>All of it is for its owner only. Nothing here touches the file system but {@link #make} and {@link
 * #deleteIfEmpty}.
 */
public record RunDirectory(Path path) {
    /** Names it in the environment. */
    public static final String VARIABLE = "DMUSER_RUN_DIR";

    /** Bytes in the path of a Unix socket, at most. */
    private static final int SOCKET_PATH_MAX = 107;

    /**
     * The one meant by a user.
     *
     * @param chosen what the command line says, or null
     * @param environment that of this process
     * @throws ServiceException if there is none, or it cannot hold a socket
     */
    public static RunDirectory find(Path chosen, Map<String, String> environment) throws IOException {
        return checked(chosen != null ? chosen : standard(environment));
    }

    private static Path standard(Map<String, String> environment) throws IOException {
        String variable = environment.getOrDefault(VARIABLE, "");
        if (!variable.isEmpty()) {
            return Path.of(variable);
        }
        if (isRoot()) {
            return Path.of("/run/dmuser");
        }
        String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
        if (runtime.isEmpty()) {
            throw new ServiceException(
                    "no run directory: XDG_RUNTIME_DIR is not set; give --run-dir DIR or set " + VARIABLE);
        }
        return Path.of(runtime).resolve("dmuser");
    }

    private static RunDirectory checked(Path path) throws ServiceException {
        RunDirectory directory = new RunDirectory(path.toAbsolutePath().normalize());
        int length = directory.control().toString().getBytes(StandardCharsets.UTF_8).length;
        if (length > SOCKET_PATH_MAX) {
            throw new ServiceException(
                    "run directory " + directory.path + " has too long a name: that of the socket in it"
                            + " would be " + length + " bytes, and Unix sockets have at most " + SOCKET_PATH_MAX
                            + "; choose another with --run-dir");
        }
        return directory;
    }

    /** Whether this process may do everything. */
    public static boolean isRoot() throws IOException {
        // Without a system call of our own: short commands must not load what that takes.
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    }

    public Path control() {
        return path.resolve("control");
    }

    public Path lock() {
        return path.resolve("lock");
    }

    public Path mapper() {
        return path.resolve("mapper");
    }

    /** The file that is a device. */
    public Path mapper(String device) {
        return mapper().resolve(device);
    }

    Path node() {
        return path.resolve("node");
    }

    /** The mount of the device of this minor number. */
    Path node(int minor) {
        return node().resolve("dm-" + minor);
    }

    /** Where stream channels are mounted, by control name. */
    public Path dmUser() {
        return path.resolve("dm-user");
    }

    public Path channel() {
        return path.resolve("channel");
    }

    public Path serviceLog() {
        return path.resolve("service.log");
    }

    /** The log of a daemon that runs detached. */
    public Path daemonLog(String device) {
        return path.resolve("daemon-" + device.replace('/', '_') + ".log");
    }

    /** Makes it, for the owner only, unless it is there. */
    public void make() throws IOException {
        if (!Files.isDirectory(path.getParent())) {
            throw new ServiceException("cannot make the run directory " + path + ": " + path.getParent()
                    + " is not a directory; make that first, or choose another with --run-dir");
        }
        try {
            Files.createDirectory(path, OwnerOnly.directory());
        } catch (FileAlreadyExistsException e) {
            checkExisting();
        } catch (IOException e) {
            throw new ServiceException("cannot make the run directory " + path + ": " + Problems.describe(e), e);
        }
    }

    /** Deletes it unless there is something in it. */
    public void deleteIfEmpty() throws IOException {
        try {
            Files.deleteIfExists(path);
        } catch (DirectoryNotEmptyException e) {
            // Logs, or what others have put there: not ours to delete.
        }
    }

    private void checkExisting() throws IOException {
        if (!Files.isDirectory(path)) {
            throw new ServiceException("run directory " + path + " is not a directory; choose another with --run-dir");
        }
        int owner = (Integer) Files.getAttribute(path, "unix:uid");
        if (owner != (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid")) {
            throw new ServiceException(
                    "run directory " + path + " belongs to another user; choose another with --run-dir");
        }
        Set<PosixFilePermission> ownerOnly = OwnerOnly.directory().value();
        if (!Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS).equals(ownerOnly)) {
            Files.setPosixFilePermissions(path, ownerOnly);
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
