package org.dmuser.sdk.config;

import java.util.Locale;

/**
 * Sizes as people write them: {@code 4096}, {@code 8s}, {@code 64k}, {@code 1G}, {@code 1GiB}.
 *
 * <p>{@code k m g t} and {@code KiB MiB GiB TiB} are powers of 1024, {@code s} is a sector of 512 bytes; capital or
 * small makes no difference. {@code KB} is refused, because nobody knows which of the two it means.
 */
public final class ByteSize {
    /** Bytes in a sector. */
    public static final int SECTOR = 512;

    private static final String ALLOWED = "write a whole number of bytes, or one with k, m, g, t (1024-based), "
            + "KiB, MiB, GiB, TiB, or s (sectors of 512)";

    private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB"};

    private ByteSize() {}

    /**
     * The number of bytes {@code text} stands for, 0 or more.
     *
     * @throws ConfigException if it is not a size, or more than a {@code long} holds
     */
    public static long parse(String text) {
        int digits = leadingDigits(text);
        if (digits == 0) {
            throw new ConfigException("size '" + text + "' " + describeBadStart(text) + "; " + ALLOWED);
        }
        long unit = unitBytes(text.substring(digits));
        if (unit == 0) {
            throw new ConfigException(
                    "size '" + text + "': '" + text.substring(digits) + "' is not a unit; " + ALLOWED);
        }
        try {
            return Math.multiplyExact(Long.parseLong(text, 0, digits, 10), unit);
        } catch (ArithmeticException | NumberFormatException e) {
            throw new ConfigException("size '" + text + "' is too large; the most is " + Long.MAX_VALUE + " bytes");
        }
    }

    /**
     * The size of a device: as {@link #parse}, but more than nothing and whole sectors.
     *
     * @throws ConfigException if it is not
     */
    public static long parseDevice(String text) {
        long bytes = parse(text);
        if (bytes == 0) {
            throw new ConfigException("size '" + text + "': a device cannot be empty; the least is one sector, 1s");
        }
        if (bytes % SECTOR != 0) {
            throw new ConfigException("size '" + text + "' is not whole sectors of 512 bytes; the nearest are "
                    + (bytes / SECTOR) + "s and " + (bytes / SECTOR + 1) + "s");
        }
        return bytes;
    }

    /** The shortest exact way to write {@code bytes}: {@code "1 GiB"}, {@code "1536 MiB"}, {@code "1000 bytes"}. */
    public static String format(long bytes) {
        int unit = Math.min(Long.numberOfTrailingZeros(bytes) / 10, UNITS.length);
        if (bytes == 0 || unit == 0) {
            return bytes + (bytes == 1 ? " byte" : " bytes");
        }
        return (bytes >> 10 * unit) + " " + UNITS[unit - 1];
    }

    private static int leadingDigits(String text) {
        int i = 0;
        while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
            i++;
        }
        return i;
    }

    private static String describeBadStart(String text) {
        if (text.isEmpty()) {
            return "is empty";
        }
        return text.charAt(0) == '-' ? "is negative" : "does not begin with a number";
    }

    /** Bytes of a unit; 0 for what is none. */
    private static long unitBytes(String unit) {
        return switch (unit.toLowerCase(Locale.ROOT)) {
            case "" -> 1;
            case "s" -> SECTOR;
            case "k", "kib" -> 1L << 10;
            case "m", "mib" -> 1L << 20;
            case "g", "gib" -> 1L << 30;
            case "t", "tib" -> 1L << 40;
            default -> 0;
        };
    }
}
