package org.dmuser.shim.dm;

import java.util.List;

/** What dmsetup prints of devices and their tables, byte for byte. */
public final class DmsetupText {
    private static final String NONE = "No devices found\n";

    /** What dmsetup takes from the kernel's default for a disk, and prints of devices that have a node. */
    private static final int READ_AHEAD_SECTORS = 256;

    private DmsetupText() {}

    /**
     * {@code status} and {@code table} of one device.
     *
     * @param multiple whether it is one of several asked for, which prefixes every line with its name
     */
    public static String lines(String name, List<TableLine> lines, boolean multiple) {
        String prefix = multiple ? name + ": " : "";
        if (lines.isEmpty()) {
            return prefix + "\n";
        }
        StringBuilder text = new StringBuilder();
        for (TableLine line : lines) {
            text.append(prefix).append(line).append('\n');
        }
        return text.toString();
    }

    /** {@code info}: a paragraph for each device. */
    public static String info(List<DeviceInfo> devices) {
        if (devices.isEmpty()) {
            return NONE;
        }
        StringBuilder text = new StringBuilder();
        for (DeviceInfo device : devices) {
            text.append("Name:              ").append(device.name()).append('\n');
            text.append("State:             ").append(state(device)).append('\n');
            if (device.live()) {
                text.append("Read Ahead:        ").append(READ_AHEAD_SECTORS).append('\n');
            }
            text.append("Tables present:    ").append(tablesPresent(device)).append('\n');
            text.append("Open count:        ").append(device.openCount()).append('\n');
            text.append("Event number:      ").append(device.eventNumber()).append('\n');
            text.append("Major, minor:      ").append(DeviceMapper.MAJOR).append(", ");
            text.append(device.minor()).append('\n');
            text.append("Number of targets: ").append(device.targetCount()).append("\n\n");
        }
        return text.toString();
    }

    private static String state(DeviceInfo device) {
        return (device.suspended() ? "SUSPENDED" : "ACTIVE") + (device.readOnly() ? " (READ-ONLY)" : "");
    }

    private static String tablesPresent(DeviceInfo device) {
        if (device.live()) {
            return device.inactive() ? "LIVE & INACTIVE" : "LIVE";
        }
        return device.inactive() ? "INACTIVE" : "None";
    }

    /** {@code info -c}: a row for each device, under a heading. */
    public static String infoColumns(List<DeviceInfo> devices) {
        if (devices.isEmpty()) {
            return NONE;
        }
        return InfoColumn.print(devices);
    }

    /** {@code ls}. */
    public static String ls(List<DeviceInfo> devices) {
        if (devices.isEmpty()) {
            return NONE;
        }
        StringBuilder text = new StringBuilder();
        for (DeviceInfo device : devices) {
            text.append(device.name()).append("\t(").append(DeviceMapper.MAJOR).append(':');
            text.append(device.minor()).append(")\n");
        }
        return text.toString();
    }
}
