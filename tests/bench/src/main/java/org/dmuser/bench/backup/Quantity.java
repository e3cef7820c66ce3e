package org.dmuser.bench.backup;

import java.util.Locale;

/** What is measured. */
enum Quantity {
    FIRST("first backup", Unit.SECONDS),
    SIZE("repository after the first backup", Unit.BYTES),
    NEXT_FILES("backup after 1 % changed, in files", Unit.SECONDS),
    NEXT_SCATTERED("backup after 1 % changed, 4k scattered", Unit.SECONDS),
    RESTORE("restore", Unit.SECONDS),
    MOUNT_START("instant restore: command up", Unit.SECONDS),
    MOUNT_FIRST_BYTE("instant restore: first byte after that", Unit.SECONDS),
    MEMORY("memory, 1 TiB device, at most", Unit.BYTES),
    WRITERS_4K("writers: 4k random, 4 jobs", Unit.REQUESTS),
    WRITERS_128K("writers: 128k sequential", Unit.BYTES_A_SECOND),
    SNAPSHOT_W4K("own blocks: 4k write", Unit.REQUESTS),
    SNAPSHOT_W4K_J4("own blocks: 4k write, 4 jobs", Unit.REQUESTS),
    SNAPSHOT_W128K("own blocks: 128k write", Unit.BYTES_A_SECOND),
    SNAPSHOT_R4K("own blocks: 4k read", Unit.REQUESTS),
    SNAPSHOT_R4K_J4("own blocks: 4k read, 4 jobs", Unit.REQUESTS),
    SNAPSHOT_R128K("own blocks: 128k read", Unit.BYTES_A_SECOND),
    SNAPSHOT_COPYING("the second after a snapshot: 4k write", Unit.REQUESTS);

    /** What numbers of it are. */
    enum Unit {
        SECONDS,
        BYTES,
        REQUESTS,
        BYTES_A_SECOND
    }

    private final String title;
    private final Unit unit;

    Quantity(String title, Unit unit) {
        this.title = title;
        this.unit = unit;
    }

    String title() {
        return title;
    }

    /** Whether more is better. */
    boolean isSpeed() {
        return unit == Unit.REQUESTS || unit == Unit.BYTES_A_SECOND;
    }

    /** A number of it, as in {@code 12.34 s}. */
    String text(double value) {
        return switch (unit) {
            case SECONDS ->
                value < 1
                        ? String.format(Locale.ROOT, "%.0f ms", value * 1e3)
                        : String.format(Locale.ROOT, "%.2f s", value);
            case BYTES -> String.format(Locale.ROOT, "%.0f MB", value / 1e6);
            case REQUESTS -> String.format(Locale.ROOT, "%.1fk IOPS", value / 1e3);
            case BYTES_A_SECOND -> String.format(Locale.ROOT, "%.0f MB/s", value / 1e6);
        };
    }
}
