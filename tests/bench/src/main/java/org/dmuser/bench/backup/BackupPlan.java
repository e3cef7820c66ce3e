package org.dmuser.bench.backup;

import java.time.Duration;

/**
 * How much and how often.
 *
 * @param size of the image, in bytes
 * @param data what of it holds data, in bytes, more or less
 * @param perRow how long fio runs, each time
 */
record BackupPlan(boolean quick, long size, long data, int repetitions, Duration perRow) {
    private static final long GIB = 1L << 30;

    static BackupPlan full(int repetitions) {
        return new BackupPlan(false, 4 * GIB, 2 * GIB, repetitions, Duration.ofSeconds(5));
    }

    static BackupPlan quick(int repetitions) {
        return new BackupPlan(true, GIB, GIB / 2, repetitions, Duration.ofSeconds(2));
    }

    /** Room on disk: an image and a copy of it, two repositories, one restored image. */
    long diskNeeded() {
        return 6 * data + GIB;
    }

    /** Memory: to have the image and what is restored in the page cache, and devices in a tmpfs. */
    long memoryNeeded() {
        return 2 * data + 4 * GIB;
    }
}
