package org.dmuser.shim.dm;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A column of {@code dmsetup info -c}: as wide as its widest cell, and at least as wide as dmsetup makes it. */
enum InfoColumn {
    NAME("Name", 16, true, DeviceInfo::name),
    MAJOR("Maj", 3, false, device -> String.valueOf(DeviceMapper.MAJOR)),
    MINOR("Min", 3, false, device -> String.valueOf(device.minor())),
    STAT("Stat", 4, true, InfoColumn::stat),
    OPEN("Open", 4, false, device -> String.valueOf(device.openCount())),
    TARGETS("Targ", 4, false, device -> String.valueOf(device.targetCount())),
    EVENT("Event", 6, false, device -> String.valueOf(device.eventNumber())),
    UUID("UUID", 32, true, device -> "");

    private final String heading;
    private final int widthMin;
    private final boolean left;
    private final Function<DeviceInfo, String> cell;

    InfoColumn(String heading, int widthMin, boolean left, Function<DeviceInfo, String> cell) {
        this.heading = heading;
        this.widthMin = widthMin;
        this.left = left;
        this.cell = cell;
    }

    static String print(List<DeviceInfo> devices) {
        Map<InfoColumn, Integer> widths = new EnumMap<>(InfoColumn.class);
        for (InfoColumn column : values()) {
            widths.put(column, column.width(devices));
        }
        StringBuilder text = new StringBuilder();
        for (InfoColumn column : values()) {
            column.append(text, column.heading, widths.get(column), true);
        }
        for (DeviceInfo device : devices) {
            for (InfoColumn column : values()) {
                column.append(text, column.cell.apply(device), widths.get(column), column.left);
            }
        }
        return text.toString();
    }

    private int width(List<DeviceInfo> devices) {
        int width = widthMin;
        for (DeviceInfo device : devices) {
            width = Math.max(width, cell.apply(device).length());
        }
        return width;
    }

    private void append(StringBuilder text, String content, int width, boolean toTheLeft) {
        String padding = " ".repeat(width - content.length());
        text.append(toTheLeft ? content + padding : padding + content);
        text.append(this == UUID ? '\n' : ' ');
    }

    private static String stat(DeviceInfo device) {
        return (device.live() ? "L" : "-")
                + (device.inactive() ? "I" : "-")
                + (device.suspended() ? "s" : "-")
                + (device.readOnly() ? "r" : "w");
    }
}
