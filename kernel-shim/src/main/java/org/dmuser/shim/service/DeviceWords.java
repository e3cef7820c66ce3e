package org.dmuser.shim.service;

import java.io.IOException;
import java.util.List;
import org.dmuser.shim.dm.DeviceInfo;
import org.dmuser.shim.dm.DeviceMapper;
import org.dmuser.shim.dm.DeviceName;

/** Devices as words of commands and their answers. */
public final class DeviceWords {
    private static final String NAME = "name";
    private static final String UUID = "uuid";
    private static final String NUMBER = "number";

    /** Between the parts of a word; no name has one in it. */
    private static final String SEPARATOR = "\0";

    private static final int PARTS = 8;

    private DeviceWords() {}

    /** The two words that name a device. */
    public static List<String> of(DeviceName name) {
        if (name instanceof DeviceName.Named named) {
            return List.of(NAME, named.name());
        }
        if (name instanceof DeviceName.Identified identified) {
            return List.of(UUID, identified.uuid());
        }
        DeviceName.Numbered number = (DeviceName.Numbered) name;
        return List.of(NUMBER, number.major() + ":" + number.minor());
    }

    /** @throws IllegalArgumentException if the words name nothing */
    static DeviceName parseName(String kind, String value) {
        switch (kind) {
            case NAME:
                return new DeviceName.Named(value);
            case UUID:
                return new DeviceName.Identified(value);
            case NUMBER:
                int colon = value.indexOf(':');
                return new DeviceName.Numbered(
                        Integer.parseInt(value.substring(0, Math.max(0, colon))),
                        Integer.parseInt(value.substring(colon + 1)));
            default:
                throw new IllegalArgumentException("a device is named by name, uuid or number, not by " + kind);
        }
    }

    /** What is known of a device, as one word. */
    static String write(DeviceInfo info) {
        return String.join(
                SEPARATOR,
                info.name(),
                info.uuid(),
                String.valueOf(info.minor()),
                flags(info),
                String.valueOf(info.openCount()),
                String.valueOf(info.eventNumber()),
                String.valueOf(info.targetCount()),
                String.valueOf(info.sectors()));
    }

    private static String flags(DeviceInfo info) {
        return (info.suspended() ? "s" : "")
                + (info.readOnly() ? "r" : "")
                + (info.live() ? "L" : "")
                + (info.inactive() ? "I" : "")
                + (info.deferredRemove() ? "d" : "");
    }

    /** What {@link #write} wrote. */
    public static DeviceInfo read(String word) throws IOException {
        String[] parts = word.split(SEPARATOR, -1);
        if (parts.length != PARTS) {
            throw new IOException("not what a service says of a device: " + word);
        }
        try {
            String flags = parts[3];
            return new DeviceInfo(
                    parts[0],
                    parts[1],
                    Integer.parseInt(parts[2]),
                    flags.contains("s"),
                    flags.contains("r"),
                    flags.contains("L"),
                    flags.contains("I"),
                    flags.contains("d"),
                    Integer.parseInt(parts[4]),
                    Long.parseLong(parts[5]),
                    Integer.parseInt(parts[6]),
                    Long.parseLong(parts[7]));
        } catch (NumberFormatException e) {
            throw new IOException("not what a service says of a device: " + word, e);
        }
    }

    /** {@code major:minor}, as a table names one of our devices. */
    public static String number(DeviceInfo info) {
        return DeviceMapper.MAJOR + ":" + info.minor();
    }
}
