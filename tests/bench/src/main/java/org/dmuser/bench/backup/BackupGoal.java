package org.dmuser.bench.backup;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * What is to be reached.
 *
 * @param against whom it is compared with; the same as {@code who} where the number itself is bounded
 * @param bound of what {@link #reached} answers
 */
record BackupGoal(Quantity quantity, Who who, Who against, Kind kind, double bound) {
    /** How a median becomes the number that is bounded. */
    enum Kind {
        /** As many times as fast, or more. */
        TIMES_AS_FAST,
        /** No more than so many times as much. */
        TIMES_AS_MUCH,
        /** Less than that. */
        LESS
    }

    private static final double SECONDS_TO_FIRST_BYTE = 0.3;
    private static final double MEMORY_BYTES = 512e6;
    private static final double WRITERS = 0.7;
    private static final double OVERWRITES = 0.8;
    private static final double READS = 0.9;

    /** All there are. */
    static final List<BackupGoal> ALL = List.of(
            fast(Quantity.FIRST, Who.DMUSER, Who.RESTIC, 1.5),
            new BackupGoal(Quantity.SIZE, Who.DMUSER, Who.RESTIC, Kind.TIMES_AS_MUCH, 1.1),
            fast(Quantity.NEXT_FILES, Who.DMUSER, Who.RESTIC, 30),
            fast(Quantity.RESTORE, Who.DMUSER, Who.RESTIC, 1.5),
            less(Quantity.MOUNT_FIRST_BYTE, Who.DMUSER, SECONDS_TO_FIRST_BYTE),
            less(Quantity.MEMORY, Who.CREATE, MEMORY_BYTES),
            less(Quantity.MEMORY, Who.CREATE_NEXT, MEMORY_BYTES),
            less(Quantity.MEMORY, Who.RESTORE, MEMORY_BYTES),
            less(Quantity.MEMORY, Who.DAEMON, MEMORY_BYTES),
            fast(Quantity.WRITERS_4K, Who.DURING, Who.ALONE, WRITERS),
            fast(Quantity.WRITERS_128K, Who.DURING, Who.ALONE, WRITERS),
            fast(Quantity.SNAPSHOT_W4K, Who.SNAPSHOT, Who.FILE, OVERWRITES),
            fast(Quantity.SNAPSHOT_W4K_J4, Who.SNAPSHOT, Who.FILE, OVERWRITES),
            fast(Quantity.SNAPSHOT_W128K, Who.SNAPSHOT, Who.FILE, OVERWRITES),
            fast(Quantity.SNAPSHOT_R4K, Who.SNAPSHOT, Who.FILE, READS),
            fast(Quantity.SNAPSHOT_R4K_J4, Who.SNAPSHOT, Who.FILE, READS),
            fast(Quantity.SNAPSHOT_R128K, Who.SNAPSHOT, Who.FILE, READS));

    private static BackupGoal fast(Quantity quantity, Who who, Who against, double bound) {
        return new BackupGoal(quantity, who, against, Kind.TIMES_AS_FAST, bound);
    }

    private static BackupGoal less(Quantity quantity, Who who, double bound) {
        return new BackupGoal(quantity, who, who, Kind.LESS, bound);
    }

    /** The number that is bounded; nothing unless all of it was measured. */
    OptionalDouble reached(Measurements measurements) {
        OptionalDouble own = measurements.median(quantity, who);
        OptionalDouble other = measurements.median(quantity, against);
        if (own.isEmpty() || other.isEmpty()) {
            return OptionalDouble.empty();
        }
        double ratio = own.getAsDouble() / other.getAsDouble();
        return OptionalDouble.of(
                switch (kind) {
                    case LESS -> own.getAsDouble();
                    case TIMES_AS_MUCH -> ratio;
                    case TIMES_AS_FAST -> quantity.isSpeed() ? ratio : 1 / ratio;
                });
    }

    boolean holds(double reached) {
        return kind == Kind.TIMES_AS_FAST ? reached >= bound : kind == Kind.LESS ? reached < bound : reached <= bound;
    }

    /** The bound, in words. */
    String text() {
        return switch (kind) {
            case LESS -> "under " + number(bound);
            case TIMES_AS_MUCH -> "at most " + number(bound) + " times " + against.title();
            case TIMES_AS_FAST -> "at least " + number(bound) + " times " + against.title();
        };
    }

    /** What is bounded, as text. */
    String number(double value) {
        if (kind == Kind.LESS) {
            return quantity.text(value);
        }
        return value < 10 ? String.format(Locale.ROOT, "%.2f", value) : String.format(Locale.ROOT, "%.0f", value);
    }
}
