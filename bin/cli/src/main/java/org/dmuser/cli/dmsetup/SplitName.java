package org.dmuser.cli.dmsetup;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts of a name that LVM has made, {@code group-volume-layer}, in which a dash within a part is written twice; of
 * other names, nothing is known.
 *
 * @param subsystem what the uuid begins with, up to the first dash
 */
record SplitName(String subsystem, String group, String volume, String layer) {
    static final String LVM = "LVM";

    /** A dash that is neither the first nor the second of two. */
    private static final Pattern SEPARATOR = Pattern.compile("(?<=[^-]|^)(?:--)*-(?!-)");

    /** By the uuid of a device. */
    static SplitName of(String name, String uuid) {
        int dash = uuid.indexOf('-');
        return of(dash < 0 ? "" : uuid.substring(0, dash), name, false);
    }

    /** @param always whether to take it apart whoever has made it */
    static SplitName of(String subsystem, String name, boolean always) {
        if (!always && !subsystem.equals(LVM)) {
            return new SplitName(subsystem, "", "", "");
        }
        String[] parts = {"", "", ""};
        int begin = 0;
        int count = 0;
        Matcher matcher = SEPARATOR.matcher(name);
        while (count < parts.length && matcher.find()) {
            parts[count++] = name.substring(begin, matcher.end() - 1);
            begin = matcher.end();
        }
        if (count < parts.length) {
            parts[count] = name.substring(begin);
        }
        for (int i = 0; i < parts.length; i++) {
            parts[i] = parts[i].replace("--", "-");
        }
        return new SplitName(subsystem, parts[0], parts[1], parts[2]);
    }
}
