package org.dmuser.examples.backup.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the kernel says of a disk with one partition, in /sys. */
class SectorCountTest {
    private static final String STAT = " 1 2  3 4 5 6 %d 8 0 10 11 12  13 %d 15 16 17\n";

    @TempDir
    private Path sysfs;

    private Path disk;
    private Path partition;

    @BeforeEach
    void makeDisk() throws IOException {
        disk = Files.createDirectories(sysfs.resolve("devices/disk"));
        partition = Files.createDirectories(disk.resolve("part1"));
        Files.createDirectories(disk.resolve("queue"));
        Files.writeString(disk.resolve("queue/iostats"), "1\n");
        Files.writeString(disk.resolve("diskseq"), "12\n");
        Files.writeString(disk.resolve("stat"), String.format(STAT, 700, 30));
        Files.writeString(partition.resolve("partition"), "1\n");
        Files.writeString(partition.resolve("stat"), String.format(STAT, 500, 20));
    }

    @Test
    void shouldCountWhatWasWrittenAndDiscarded() {
        assertEquals(new SectorCount(730, 12), SectorCount.read(disk));
    }

    @Test
    void shouldCountAPartitionByItself() throws IOException {
        Path link = Files.createSymbolicLink(sysfs.resolve("8:1"), partition);
        assertEquals(new SectorCount(520, 12), SectorCount.read(link));
    }

    @Test
    void shouldCountWithoutWhatAnOldKernelDoesNotTell() throws IOException {
        Files.delete(disk.resolve("diskseq"));
        Files.writeString(disk.resolve("stat"), " 1 2 3 4 5 6 700 8 0 10 11\n");
        assertEquals(new SectorCount(700, 0), SectorCount.read(disk));
    }

    @Test
    void shouldNotKnowWhenNobodyCounts() throws IOException {
        SectorCount unknown = new SectorCount(SectorCount.UNKNOWN, 0);
        Files.writeString(disk.resolve("stat"), "\n");
        assertEquals(SectorCount.UNKNOWN, SectorCount.read(disk).sectors());
        Files.delete(disk.resolve("stat"));
        assertEquals(unknown, SectorCount.read(disk));
        assertEquals(unknown, SectorCount.read(sysfs.resolve("8:2")));
        Files.writeString(disk.resolve("queue/iostats"), "0\n");
        assertEquals(SectorCount.UNKNOWN, SectorCount.read(partition).sectors());
    }
}
