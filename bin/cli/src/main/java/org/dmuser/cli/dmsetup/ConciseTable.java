package org.dmuser.cli.dmsetup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.dmuser.shim.dm.DeviceInfo;
import org.dmuser.shim.dm.TableLine;

/**
 * Devices with their tables in one line: {@code name,uuid,minor,ro|rw,line[,line...]}, with {@code ;} between devices,
 * and a backslash before a character that stands for itself.
 */
final class ConciseTable {
    /** Fields in front of the lines. */
    private static final int FIXED = 4;

    private static final Pattern SPECIAL = Pattern.compile("[,;\\\\]");

    private ConciseTable() {}

    /** Makes the devices, in order, until one cannot be made. */
    static void create(Session session) throws IOException {
        List<String> words = session.words();
        String text = words.isEmpty() ? TableText.standardInput() : words.get(0);
        if (text.isEmpty()) {
            return;
        }
        for (List<String> fields : split(text)) {
            boolean last = fields.size() == 1 && fields.get(0).isEmpty();
            if (!last) {
                parse(session, fields).create(session);
            }
        }
    }

    /** The fields of each device. */
    private static List<List<String>> split(String text) {
        List<List<String>> devices = new ArrayList<>();
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                field.append(text.charAt(++i));
            } else if (c == ',' || c == ';') {
                fields.add(field.toString());
                field.setLength(0);
                if (c == ';') {
                    devices.add(fields);
                    fields = new ArrayList<>();
                }
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        devices.add(fields);
        return devices;
    }

    private static Creation parse(Session session, List<String> fields) throws IOException {
        if (fields.size() == 1) {
            throw CommandFailed.with("Five comma-separated fields are required for each device", parsed(fields));
        }
        if (fields.size() <= FIXED || fields.get(FIXED).isEmpty()) {
            throw CommandFailed.with(
                    "Incomplete entry: five comma-separated fields are required for each device", parsed(fields));
        }
        String flags = fields.get(3).strip();
        if (!List.of("", "ro", "rw").contains(flags)) {
            throw CommandFailed.with("Invalid flags parameter '" + fields.get(3) + "' must be 'ro' or 'rw' or empty.");
        }
        String minor = fields.get(2).strip();
        List<TableLine> lines = TableText.parse(session, String.join("\n", fields.subList(FIXED, fields.size())), "");
        return new Creation(
                Creation.mangledName(session, fields.get(0)),
                session.mangling().mangledUuid(fields.get(1).strip()),
                minor.isEmpty() ? "" : String.valueOf(Numbers.leading(minor)),
                flags.equals("ro"),
                lines);
    }

    private static String parsed(List<String> fields) {
        List<String> known = new ArrayList<>(fields.subList(0, Math.min(FIXED + 1, fields.size())));
        int count = known.size();
        while (known.size() <= FIXED) {
            known.add("(null)");
        }
        return "Parsed " + count + " fields: name: " + known.get(0) + " uuid: " + known.get(1) + " minor: "
                + known.get(2) + " flags: " + known.get(3) + " table: " + known.get(FIXED);
    }

    /** A device as it could be made again. */
    static String write(Session session, DeviceInfo device, List<TableLine> lines) {
        String head = String.join(
                ",",
                escaped(session.plainName(device)),
                escaped(session.mangling().plain(device.uuid())),
                String.valueOf(device.minor()),
                device.readOnly() ? "ro" : "rw");
        return head + lines.stream().map(line -> "," + escaped(line.toString())).collect(Collectors.joining());
    }

    private static String escaped(String text) {
        return SPECIAL.matcher(text).replaceAll("\\\\$0");
    }
}
