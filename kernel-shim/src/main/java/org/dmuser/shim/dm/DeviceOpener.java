package org.dmuser.shim.dm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dmuser.channel.Errno;
import org.dmuser.shim.dm.TargetContext.OpenDevice;

/**
 * Finds and opens what a table line names: one of our devices, by {@code major:minor} or by its path below the run
 * directory; else a file or block device of the machine, by path or by {@code major:minor}.
 *
 * <p>A path of ours is recognised by its name alone, or by the links that lead there, and is never opened: it would
 * come back to this process through the mount.
 */
final class DeviceOpener {
    private static final Pattern NUMBERS = Pattern.compile("([0-9]{1,9}):([0-9]{1,9})");
    private static final Path SYS_BLOCK = Path.of("/sys/dev/block");
    private static final Path DEV = Path.of("/dev");
    private static final int LINKS_MAX = 40;

    private final Path mapperDirectory;
    private final DeviceRegistry registry;
    private final FileDevices files;
    private final UseGraph uses = new UseGraph();

    DeviceOpener(Path runDirectory, DeviceRegistry registry, FileDevices files) {
        this.mapperDirectory =
                resolved(runDirectory.toAbsolutePath().normalize()).resolve("mapper");
        this.registry = registry;
        this.files = files;
    }

    DeviceClaim open(MappedDevice user, String name, boolean readOnly) throws DmException {
        Matcher numbers = NUMBERS.matcher(name);
        if (numbers.matches()) {
            int minor = Integer.parseInt(numbers.group(2));
            return Integer.parseInt(numbers.group(1)) == DeviceMapper.MAJOR
                    ? openMapped(user, registry.find(minor))
                    : openFile(numbered(name), name, readOnly);
        }
        Path path = withoutLinks(name);
        return path.startsWith(mapperDirectory)
                ? openMapped(
                        user, registry.find(mapperDirectory.relativize(path).toString()))
                : openFile(path, name, readOnly);
    }

    private DeviceClaim openMapped(MappedDevice user, MappedDevice used) throws DmException {
        uses.add(user, used);
        OpenDevice opened = new OpenDevice(used, DeviceMapper.MAJOR + ":" + used.minor());
        return new DeviceClaim(opened, () -> uses.remove(user, used));
    }

    private DeviceClaim openFile(Path path, String name, boolean readOnly) throws DmException {
        FileDevice device = files.open(path, readOnly);
        String number = device.number();
        String printed = number == null ? TableLine.quoted(name) : number;
        return new DeviceClaim(new OpenDevice(device, printed), () -> files.release(device));
    }

    private static Path numbered(String numbers) throws DmException {
        try {
            // The kernel's name for it; a slash in that is an exclamation mark here.
            Path name = SYS_BLOCK.resolve(numbers).toRealPath().getFileName();
            return DEV.resolve(name.toString().replace('!', '/'));
        } catch (IOException e) {
            throw new DmException(Errno.ENXIO, "no block device has the number " + numbers, e);
        }
    }

    /** The path with its links followed one at a time, stopping where it has come to one of ours. */
    private Path withoutLinks(String name) throws DmException {
        try {
            Path path = Path.of(name);
            for (int links = 0; links < LINKS_MAX; links++) {
                path = path.toAbsolutePath().normalize();
                if (path.startsWith(mapperDirectory)) {
                    return path;
                }
                Path directory = path.getParent();
                path = directory == null ? path : resolved(directory).resolve(path.getFileName());
                if (path.startsWith(mapperDirectory) || !Files.isSymbolicLink(path)) {
                    return path;
                }
                path = path.resolveSibling(Files.readSymbolicLink(path));
            }
            throw new DmException(Errno.EINVAL, "too many links: " + name);
        } catch (InvalidPathException | IOException e) {
            throw new DmException(Errno.ENODEV, name + ": " + e.getMessage(), e);
        }
    }

    /** The real path of a directory; the path itself where there is no such directory, which opening it will tell. */
    private static Path resolved(Path directory) {
        try {
            return directory.toRealPath();
        } catch (IOException e) {
            return directory;
        }
    }
}
