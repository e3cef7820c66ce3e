package org.dmuser.cli.base;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Amounts as people read them: three digits and a unit. */
public final class Amounts {
    private static final String[] UNITS = {"bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    private Amounts() {}

    /** Rounded: "1.75 GiB", "312 MiB", "17 bytes". {@code ByteSize.format} is exact. */
    public static String bytes(long bytes) {
        double value = bytes;
        int unit = 0;
        // What would be rounded to 1024 of one unit is 1 of the next.
        while (value >= 1023.5) {
            value /= 1024;
            unit++;
        }
        if (unit == 0) {
            return bytes + (bytes == 1 ? " byte" : " bytes");
        }
        return decimal(value, value < 9.995 ? 2 : value < 99.95 ? 1 : 0) + " " + UNITS[unit];
    }

    /** With so many digits behind the point. Done without String.format, whose first call takes a dozen ms. */
    public static String decimal(double value, int digits) {
        return BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_UP).toPlainString();
    }

    /** "7 s", "3 min 20 s", "2 h 5 min". */
    public static String seconds(long seconds) {
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return seconds / 60 + " min " + seconds % 60 + " s";
        }
        return seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }

    /** "1 point", "2 points". */
    public static String count(long count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }
}
