package org.dmuser.examples.backup.tracking;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How much was written to a block device, which has no time of its last write: Linux counts it from the start of the
 * machine on, for a disk and for each partition by itself (Documentation/block/stat.rst of the kernel). What is written
 * past the device is not in it: to the disk that a partition is on, or to the file behind a loop device.
 *
 * @param sectors of 512 bytes that were written or discarded; {@link #UNKNOWN} if nobody counts
 * @param disk tells this disk from one that has had its number since the machine was started: a loop device gets
 *     another one each time it is bound. 0 before Linux 5.15
 */
record SectorCount(long sectors, long disk) implements LastWrite {
    static final long UNKNOWN = -1;

    private static final Path SYS_BLOCK = Path.of("/sys/dev/block");

    // Which number in the file "stat", from 0 on. Discards are counted since Linux 4.18.
    private static final int WRITTEN = 6;
    private static final int DISCARDED = 13;

    /**
     * Asks the kernel. What was written through the page cache counts once it was synced.
     *
     * @param number of the device, as in {@link Origin#number}
     */
    static SectorCount of(long number) {
        // As glibc's gnu_dev_major() and gnu_dev_minor() take it apart.
        long major = number >>> 8 & 0xfff | number >>> 32 & 0xfffff000L;
        long minor = number & 0xff | number >>> 12 & 0xffffff00L;
        return read(SYS_BLOCK.resolve(major + ":" + minor));
    }

    /** @param sysfs the directory of the device in /sys */
    static SectorCount read(Path sysfs) {
        try {
            Path device = sysfs.toRealPath();
            Path disk = Files.exists(device.resolve("partition")) ? device.getParent() : device;
            return new SectorCount(sectors(device, disk), sequence(disk));
        } catch (IOException | NumberFormatException e) {
            return new SectorCount(UNKNOWN, 0);
        }
    }

    private static long sectors(Path device, Path disk) throws IOException {
        if (number(disk.resolve("queue/iostats")) == 0) {
            return UNKNOWN;
        }
        String[] fields = Files.readString(device.resolve("stat")).strip().split(" +");
        if (fields.length <= WRITTEN) {
            return UNKNOWN;
        }
        return Long.parseLong(fields[WRITTEN]) + (fields.length > DISCARDED ? Long.parseLong(fields[DISCARDED]) : 0);
    }

    private static long sequence(Path disk) throws IOException {
        Path file = disk.resolve("diskseq");
        return Files.exists(file) ? number(file) : 0;
    }

    private static long number(Path file) throws IOException {
        return Long.parseLong(Files.readString(file).strip());
    }

    @Override
    public String stale(LastWrite noted, boolean diedOpen, boolean sameBoot) {
        SectorCount last = (SectorCount) noted;
        if (sameBoot && disk != last.disk) {
            return "the origin was set up anew, and may have been written to meanwhile";
        }
        if (diedOpen && sameBoot) {
            // What the daemon had written last goes to the disk after its death: an exact count is not to be had.
            return "";
        }
        if (sectors == UNKNOWN || !diedOpen && last.sectors == UNKNOWN) {
            return "the kernel does not tell whether the origin was written to";
        }
        if (diedOpen) {
            return sectors == 0 ? "" : "the origin was written to after its daemon had died";
        }
        if (!sameBoot) {
            return "the machine was started anew, and nobody can tell whether the origin was written to before";
        }
        return sectors == last.sectors ? "" : "the origin was written to while nobody tracked it";
    }
}
