package org.dmuser.cli.dmsetup;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * How names with unusual characters become names of files: each byte that udev would not take is written {@code \xNN}.
 * Devices are known by these names; people see and write the others.
 */
enum Mangling {
    /** Names are taken as they are. */
    NONE,

    /** Every unusual character is written so, the backslash too. */
    HEX,

    /** As HEX, but a name that is written so already stays. */
    AUTO;

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9#+\\-.:=@_]*");
    private static final Pattern MANGLED = Pattern.compile("([A-Za-z0-9#+\\-.:=@_]|\\\\x[0-9a-fA-F]{2})*");
    private static final Pattern ESCAPE = Pattern.compile("\\\\x[0-9a-fA-F]{2}");
    private static final int ESCAPE_LENGTH = 4;

    private static final int NAME_BYTES_MAX = 127;
    private static final int UUID_BYTES_MAX = 128;

    /** The mode of that name. @throws CommandFailed if there is none */
    static Mangling of(String name) {
        return switch (name) {
            case "none" -> NONE;
            case "hex" -> HEX;
            case "auto" -> AUTO;
            default -> throw CommandFailed.usage("Unknown name mangling mode.");
        };
    }

    /** The name as devices are known by. @throws CommandFailed for one that is too long, or half so and half so */
    String mangledName(String name) {
        if (bytes(name) > NAME_BYTES_MAX) {
            throw CommandFailed.with("Name \"" + name + "\" too long.");
        }
        return withinLimit(mangled("name", name), NAME_BYTES_MAX, "name", name);
    }

    /** The uuid as devices are known by. @throws CommandFailed for one that is too long, or half so and half so */
    String mangledUuid(String uuid) {
        return withinLimit(mangled("UUID", uuid), UUID_BYTES_MAX, "UUID", uuid);
    }

    private static String withinLimit(String mangled, int bytesMax, String kind, String text) {
        if (bytes(mangled) > bytesMax) {
            throw CommandFailed.with(
                    "Mangled form of the " + kind + " too long for \"" + text + "\".", notMangled(kind, text));
        }
        return mangled;
    }

    private static String notMangled(String kind, String text) {
        return "Failed to mangle device " + kind.toLowerCase(Locale.ROOT) + " \"" + text + "\".";
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** The same, of any length. @param kind what errors call it */
    String mangled(String kind, String name) {
        boolean asItIs = this == NONE
                || PLAIN.matcher(name).matches()
                || this == AUTO && MANGLED.matcher(name).matches();
        if (asItIs) {
            return name;
        }
        if (this == AUTO && ESCAPE.matcher(name).find()) {
            throw CommandFailed.with(
                    "The " + kind + " \"" + name + "\" contains mixed mangled and unmangled"
                            + " characters or it's already mangled improperly.",
                    notMangled(kind, name));
        }
        StringBuilder mangled = new StringBuilder();
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            String c = String.valueOf((char) (b & 0xff));
            mangled.append(PLAIN.matcher(c).matches() ? c : "\\x%02x".formatted(b));
        }
        return mangled.toString();
    }

    /** A name as people write it. */
    String plain(String name) {
        if (this == NONE || name.indexOf('\\') < 0) {
            return name;
        }
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        for (int i = 0; i < name.length(); i++) {
            if (ESCAPE.matcher(name).region(i, name.length()).lookingAt()) {
                plain.write(Integer.parseInt(name.substring(i + 2, i + ESCAPE_LENGTH), 16));
                i += ESCAPE_LENGTH - 1;
            } else {
                plain.writeBytes(name.substring(i, i + 1).getBytes(StandardCharsets.UTF_8));
            }
        }
        return plain.toString(StandardCharsets.UTF_8);
    }
}
