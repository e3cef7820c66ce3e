package org.dmuser.bench.report;

import java.util.Locale;
import org.dmuser.bench.fio.Row;

/** Numbers as people read them. */
final class Scale {
    private Scale() {}

    /** {@code 48.6k} requests per second, or {@code 3746} megabytes per second. */
    static String value(Row row, double value) {
        return row.countsRequests()
                ? String.format(Locale.ROOT, "%.1fk", value / 1e3)
                : String.format(Locale.ROOT, "%.0f", value / 1e6);
    }

    /** {@code 1.34}. */
    static String ratio(double ratio) {
        return String.format(Locale.ROOT, "%.2f", ratio);
    }

    /** {@code 12.3}, of nanoseconds. */
    static String microseconds(double ns) {
        return String.format(Locale.ROOT, "%.1f", ns / 1e3);
    }

    /** {@code 7 %}, of a part. */
    static String percent(double part) {
        return String.format(Locale.ROOT, "%.0f %%", part * 100);
    }
}
