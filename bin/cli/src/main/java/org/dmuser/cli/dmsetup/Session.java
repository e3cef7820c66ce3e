package org.dmuser.cli.dmsetup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.dmuser.cli.base.Console;
import org.dmuser.shim.dm.DeviceInfo;
import org.dmuser.shim.dm.DeviceMapper;
import org.dmuser.shim.dm.DeviceName;
import org.dmuser.shim.dm.TableSlot;
import org.dmuser.shim.service.ControlClient;
import org.dmuser.shim.service.RunDirectory;

/** What a command has to work with while it runs. */
final class Session {
    private final Arguments arguments;
    private final RunDirectory directory;
    private final Voice voice;
    private final Kernel kernel;
    private final Mangling mangling;

    Session(Arguments arguments, RunDirectory directory, Voice voice) {
        this.arguments = arguments;
        this.directory = directory;
        this.voice = voice;
        this.kernel = new Kernel(new ControlClient(directory), voice);
        this.mangling = Mangling.of(arguments.value(Switch.MANGLENAME, "auto"));
    }

    Arguments arguments() {
        return arguments;
    }

    boolean has(Switch option) {
        return arguments.has(option);
    }

    List<String> words() {
        return arguments.words();
    }

    /** The same with other words. */
    Session with(List<String> words) {
        return new Session(arguments.withWords(words), directory, voice);
    }

    Voice voice() {
        return voice;
    }

    Kernel kernel() {
        return kernel;
    }

    Mangling mangling() {
        return mangling;
    }

    void print(String text) {
        Console.print(text);
    }

    /** Which table is asked about. */
    TableSlot slot() {
        return has(Switch.INACTIVE) ? TableSlot.INACTIVE : TableSlot.LIVE;
    }

    /** The name of a device as people write it. */
    String plainName(DeviceInfo device) {
        return mangling.plain(device.name());
    }

    /** The path of the file of a device. */
    String path(DeviceInfo device) {
        return directory.mapper(device.name()).toString();
    }

    /** Whether options say which device is meant. */
    boolean hasDeviceOption() {
        return has(Switch.UUID) || has(Switch.MAJOR);
    }

    /** The device that the first word names, or else the options. @throws CommandFailed if none is named */
    DeviceName device() throws IOException {
        if (!words().isEmpty()) {
            return named(words().get(0));
        }
        return deviceByOption();
    }

    /** The device that the options name. @throws CommandFailed if they name none */
    DeviceName deviceByOption() {
        if (has(Switch.UUID)) {
            return new DeviceName.Identified(mangling.mangledUuid(arguments.value(Switch.UUID)));
        }
        if (has(Switch.MAJOR)) {
            return numbered();
        }
        throw CommandFailed.unnamed("No device specified.");
    }

    private DeviceName numbered() {
        int major = Numbers.leading(arguments.value(Switch.MAJOR));
        if (major == 0) {
            throw CommandFailed.with("Missing major number for persistent device.", "Couldn't create ioctl argument.");
        }
        return new DeviceName.Numbered(major, Numbers.leading(arguments.value(Switch.MINOR)));
    }

    /** The device of a name, or of a path. @throws CommandFailed for a path that leads to none */
    DeviceName named(String word) throws IOException {
        int slash = word.lastIndexOf('/');
        if (slash < 0) {
            return new DeviceName.Named(mangling.mangledName(word));
        }
        Path real;
        try {
            real = Path.of(word).toRealPath();
        } catch (IOException | InvalidPathException e) {
            throw CommandFailed.with("Device " + word + " not found");
        }
        for (DeviceInfo device : kernel.devices()) {
            Path file = directory.mapper(device.name());
            if (Files.exists(file) && file.toRealPath().equals(real)) {
                return new DeviceName.Named(device.name());
            }
        }
        throw CommandFailed.with("Device " + word.substring(slash + 1) + " not found");
    }

    /** How errors name a device that has a number. */
    static String described(String name, String uuid, int minor) {
        return name + " " + uuid + "(" + DeviceMapper.MAJOR + ":" + minor + ")";
    }
}
