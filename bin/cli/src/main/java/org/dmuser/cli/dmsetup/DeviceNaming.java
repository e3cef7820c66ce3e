package org.dmuser.cli.dmsetup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.dmuser.shim.dm.DeviceInfo;
import org.dmuser.shim.service.DeviceWords;

/** How {@code ls} and {@code deps} name devices: {@code -o}. */
enum DeviceNaming {
    /** By numbers. */
    NUMBER("devno"),

    /** By the name of a mapped device, or else that of the kernel. */
    NAME("devname"),

    /** By the name the kernel gives block devices. */
    KERNEL_NAME("blkdevname");

    private static final Path SYS_BLOCK = Path.of("/sys/dev/block");

    private final String word;

    DeviceNaming(String word) {
        this.word = word;
    }

    /** What the options say. @throws CommandFailed if that is nothing */
    static DeviceNaming of(Session session, DeviceNaming otherwise) {
        String wanted = session.arguments().value(Switch.OPTIONS, otherwise.word);
        for (DeviceNaming naming : values()) {
            if (naming.word.equals(wanted)) {
                return naming;
            }
        }
        throw CommandFailed.usage("Option not recognised: " + wanted + ".");
    }

    String of(Session session, DeviceInfo device) {
        return switch (this) {
            case NUMBER -> DeviceWords.number(device);
            case NAME -> session.plainName(device);
            case KERNEL_NAME -> kernelName(device);
        };
    }

    /**
     * A device that a table names: {@code major:minor}, or the path of a file, which has no number.
     *
     * @param devices all of ours
     */
    String of(Session session, String used, List<DeviceInfo> devices) {
        if (this == NUMBER) {
            return used.startsWith("/") ? used : used.replace(":", ", ");
        }
        Optional<DeviceInfo> ours = find(used, devices);
        return ours.isPresent() ? of(session, ours.get()) : kernelName(used);
    }

    /** The one of ours that has this number. */
    static Optional<DeviceInfo> find(String number, List<DeviceInfo> devices) {
        return devices.stream()
                .filter(device -> DeviceWords.number(device).equals(number))
                .findFirst();
    }

    /** What the kernel would call one of ours. */
    static String kernelName(DeviceInfo device) {
        return "dm-" + device.minor();
    }

    /** What the kernel calls a block device of the machine; a file is called by its path. */
    static String kernelName(String number) {
        try {
            return SYS_BLOCK.resolve(number).toRealPath().getFileName().toString();
        } catch (IOException e) {
            return number;
        }
    }
}
