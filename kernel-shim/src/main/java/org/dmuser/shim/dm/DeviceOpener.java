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
 * directory, {@code mapper/NAME} or {@code node/dm-MINOR}; else a file or block device of the machine, by path or by
 * {@code major:minor}.
 *
 * <p>A path of ours is recognised by its name alone, or by the links that lead there, and is never opened: it would
 * come back to this process through the mount.
 */
final class DeviceOpener {
    private static final Pattern NUMBERS = Pattern.compile("([0-9]+):([0-9]+)");

    /** What fits into the kernel's number of a device. */
    private static final int MAJOR_MAX = (1 << 12) - 1;

    private static final int MINOR_MAX = (1 << 20) - 1;
    private static final Pattern NODE = Pattern.compile("dm-([0-9]{1,9})");
    private static final Path SYS_BLOCK = Path.of("/sys/dev/block");
    private static final Path DEV = Path.of("/dev");
    private static final int LINKS_MAX = 40;

    private final Path mapperDirectory;
    private final Path nodeDirectory;
    private final DeviceRegistry registry;
    private final FileDevices files;
    private final UseGraph uses = new UseGraph();

    DeviceOpener(Path runDirectory, DeviceRegistry registry, FileDevices files) {
        Path directory = resolved(runDirectory.toAbsolutePath().normalize());
        this.mapperDirectory = directory.resolve("mapper");
        this.nodeDirectory = directory.resolve("node");
        this.registry = registry;
        this.files = files;
    }

    DeviceClaim open(MappedDevice user, String name, boolean readOnly) throws DmException {
        Matcher numbers = NUMBERS.matcher(name);
        if (numbers.matches()) {
            int major = number(name, numbers.group(1), MAJOR_MAX);
            int minor = number(name, numbers.group(2), MINOR_MAX);
            return major == DeviceMapper.MAJOR
                    ? openMapped(user, findByNumber(minor))
                    : openFile(numbered(name), name, readOnly);
        }
        Path path = withoutLinks(name);
        return isOurs(path) ? openMapped(user, findByPath(path)) : openFile(path, name, readOnly);
    }

    private static int number(String name, String digits, int max) throws DmException {
        try {
            int number = Integer.parseInt(digits);
            if (number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Does not fit, either.
        }
        throw new DmException(
                Errno.EOVERFLOW, name + ": there is no device number above " + MAJOR_MAX + ":" + MINOR_MAX);
    }

    private boolean isOurs(Path path) {
        return path.startsWith(mapperDirectory) || path.startsWith(nodeDirectory);
    }

    /** A device appears under its number with its first table, live or not. */
    private MappedDevice findByNumber(int minor) throws DmException {
        DeviceName number = new DeviceName.Numbered(DeviceMapper.MAJOR, minor);
        MappedDevice device = registry.find(number);
        DeviceInfo info = device.info();
        if (!info.live() && !info.inactive()) {
            throw new DmException(
                    Errno.ENXIO, "device \"" + device.name() + "\" has no table: load one before mapping to it");
        }
        return device;
    }

    /** ENODEV where there is none or it has no file yet, as the kernel says of a path that leads nowhere. */
    private MappedDevice findByPath(Path path) throws DmException {
        MappedDevice device;
        try {
            device = registry.find(nameOf(path));
        } catch (DmException e) {
            throw new DmException(Errno.ENODEV, e.getMessage(), e);
        }
        if (!device.info().live()) {
            throw new DmException(
                    Errno.ENODEV, "device \"" + device.name() + "\" has no live table: resume it with one first");
        }
        return device;
    }

    private DeviceName nameOf(Path path) {
        if (path.startsWith(mapperDirectory)) {
            return new DeviceName.Named(mapperDirectory.relativize(path).toString());
        }
        String node = nodeDirectory.relativize(path).toString();
        Matcher matcher = NODE.matcher(node);
        return matcher.matches()
                ? new DeviceName.Numbered(DeviceMapper.MAJOR, Integer.parseInt(matcher.group(1)))
                : new DeviceName.Named(node);
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
        if (name.endsWith("/")) {
            throw new DmException(Errno.ENODEV, name + ": neither a file nor a block device");
        }
        try {
            Path path = Path.of(name);
            for (int links = 0; links < LINKS_MAX; links++) {
                path = path.toAbsolutePath().normalize();
                if (isOurs(path)) {
                    return path;
                }
                Path directory = path.getParent();
                path = directory == null ? path : resolved(directory).resolve(path.getFileName());
                if (isOurs(path) || !Files.isSymbolicLink(path)) {
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
