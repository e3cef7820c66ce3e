package org.dmuser.sdk.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A key a handler or filter understands: its name, its type, what it means, and what holds when it is not given.
 *
 * <pre>{@code
 * static final ConfigKey<Path> PATH = ConfigKey.path("path", "the file to serve");                    // required
 * static final ConfigKey<Long> LIMIT = ConfigKey.size("limit", "how much it may hold").orElse("1G");  // has a default
 * }</pre>
 *
 * @param <T> the type of its value
 */
public final class ConfigKey<T> {
    private final String name;
    private final String meaning;
    private final String form;
    private final Function<String, T> parser;
    private final String defaultText;

    private ConfigKey(String name, String meaning, String form, Function<String, T> parser, String defaultText) {
        this.name = Objects.requireNonNull(name);
        this.meaning = Objects.requireNonNull(meaning);
        this.form = form;
        this.parser = parser;
        this.defaultText = defaultText;
    }

    /** Any text. */
    public static ConfigKey<String> string(String name, String meaning) {
        return new ConfigKey<>(name, meaning, "TEXT", text -> text, null);
    }

    /** Bytes, as {@link ByteSize#parse} reads them. */
    public static ConfigKey<Long> size(String name, String meaning) {
        return new ConfigKey<>(name, meaning, "SIZE", ByteSize::parse, null);
    }

    /** A path; a relative one is relative to the directory the daemon was started in. */
    public static ConfigKey<Path> path(String name, String meaning) {
        return new ConfigKey<>(name, meaning, "PATH", ConfigKey::parsePath, null);
    }

    /** A whole number from {@code min} to {@code max}, both included. */
    public static ConfigKey<Long> integer(String name, String meaning, long min, long max) {
        String form = min == Long.MIN_VALUE && max == Long.MAX_VALUE ? "NUMBER" : min + ".." + max;
        return new ConfigKey<>(name, meaning, form, text -> parseInteger(text, min, max), null);
    }

    /** From 0 to 1: {@code 0.25} or {@code 25%}. */
    public static ConfigKey<Double> probability(String name, String meaning) {
        return new ConfigKey<>(name, meaning, "PROBABILITY", ConfigKey::parseProbability, null);
    }

    /** A length of time with its unit: {@code 100ns}, {@code 50us}, {@code 10ms}, {@code 2s}, {@code 1min}. */
    public static ConfigKey<Duration> duration(String name, String meaning) {
        return new ConfigKey<>(name, meaning, "DURATION", DurationText::parse, null);
    }

    /** {@code true} or {@code false}; also {@code yes}, {@code no}, {@code on}, {@code off}, {@code 1}, {@code 0}. */
    public static ConfigKey<Boolean> flag(String name, String meaning) {
        return new ConfigKey<>(name, meaning, "true|false", ConfigKey::parseBoolean, null);
    }

    /** One constant of an enum, capital or small. */
    public static <E extends Enum<E>> ConfigKey<E> choice(String name, String meaning, Class<E> type) {
        return choice(name, meaning, EnumSet.allOf(type));
    }

    /** One of some constants of an enum, capital or small. */
    public static <E extends Enum<E>> ConfigKey<E> choice(String name, String meaning, Set<E> constants) {
        String form = constants.stream().map(Enum::name).collect(Collectors.joining("|"));
        return new ConfigKey<>(name, meaning, form, text -> parseChoice(text, constants, form), null);
    }

    /** The same key, standing for {@code text} when it is not given. */
    public ConfigKey<T> orElse(String text) {
        parser.apply(text);
        return new ConfigKey<>(name, meaning, form, parser, text);
    }

    public String name() {
        return name;
    }

    /** What it is for, in a few words. */
    public String meaning() {
        return meaning;
    }

    /** What a value looks like: {@code SIZE}, {@code true|false}, {@code 1..64}. */
    public String form() {
        return form;
    }

    /** What it stands for when it is not given, as it would be written; null if it has no default. */
    public String defaultText() {
        return defaultText;
    }

    /** {@code "limit=SIZE (how much it may hold; default 1G)"}. */
    @Override
    public String toString() {
        return name + "=" + form + " (" + meaning + (defaultText == null ? "" : "; default " + defaultText) + ")";
    }

    T parse(String text) {
        return parser.apply(text);
    }

    private static Path parsePath(String text) {
        if (text.isEmpty()) {
            throw new ConfigException("'' is not a path; write the name of a file");
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new ConfigException("'" + text + "' is not a path: " + e.getReason(), e);
        }
    }

    private static long parseInteger(String text, long min, long max) {
        try {
            long value = Long.parseLong(text);
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new ConfigException("'" + text + "' is not a whole number; write one from " + min + " to " + max, e);
        }
        throw new ConfigException("'" + text + "' is out of range; write a whole number from " + min + " to " + max);
    }

    private static double parseProbability(String text) {
        boolean percent = text.endsWith("%");
        String number = percent ? text.substring(0, text.length() - 1) : text;
        // Not left to Double.parseDouble alone, which takes "NaN", "1d" and "0x1p-3" too.
        if (number.matches("[0-9]*\\.?[0-9]+([eE]-?[0-9]+)?")) {
            double value = Double.parseDouble(number) / (percent ? 100 : 1);
            if (value <= 1) {
                return value;
            }
        }
        throw new ConfigException("'" + text + "' is not a probability; write 0 to 1, or 0% to 100%");
    }

    private static boolean parseBoolean(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "1" -> true;
            case "false", "no", "off", "0" -> false;
            default -> throw new ConfigException("'" + text + "' is neither true nor false");
        };
    }

    private static <E extends Enum<E>> E parseChoice(String text, Set<E> constants, String form) {
        return constants.stream()
                .filter(constant -> constant.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new ConfigException("'" + text + "' is none of "
                        + Arrays.stream(form.split("\\|")).collect(Collectors.joining(", "))));
    }
}
