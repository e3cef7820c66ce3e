package org.dmuser.shim.target;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.dmuser.channel.Errno;
import org.dmuser.channel.RequestFlags;
import org.dmuser.shim.bio.BioOp;
import org.dmuser.shim.bio.Completion;
import org.dmuser.shim.bio.MemoryDevice;
import org.dmuser.shim.dm.DmException;
import org.dmuser.shim.dm.MappedDevice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlakeyTargetTest {
    private static final byte OLD = 1;
    private static final byte NEW = 2;

    private final MemoryDevice disk = new MemoryDevice(64);

    private static MappedDevice device(TargetRig rig, String arguments) throws DmException {
        return rig.create("f", "0 32 flakey " + TargetRig.DISK + "0 8 " + arguments);
    }

    /** Reads fail, then writes, then how the data of a write that succeeds arrives: it does, or not. */
    @ParameterizedTest
    @CsvSource({
        "1000 0,                               false, false, true",
        "1000 0 2 error_reads error_writes,    false, false, true",
        "0 1000,                               true,  true,  false",
        "0 1000 0,                             true,  true,  false",
        "0 1000 1 error_reads,                 true,  false, true",
        "0 1000 1 error_writes,                false, true,  false",
        "0 1000 1 drop_writes,                 false, false, false",
        "0 1000 2 error_reads drop_writes,     true,  false, false",
        "0 1000 2 error_writes error_reads,    true,  true,  false",
        "0 1000 5 corrupt_bio_byte 9 r 1 0,    false, false, true",
        "0 1000 5 corrupt_bio_byte 999 w 1 0,  false, false, true",
        "0 1000 2 random_read_corrupt 0,       true,  true,  false",
        "0 1000 2 random_read_corrupt 1,       false, false, true",
        "0 1000 3 random_read_corrupt 1 error_writes, false, true, false",
    })
    void shouldFailOrDropWhatItIsToldTo(String arguments, boolean readsFail, boolean writesFail, boolean arrives)
            throws Exception {
        disk.content()[9 * 512] = OLD;
        try (TargetRig rig = new TargetRig(disk)) {
            MappedDevice device = device(rig, arguments);
            ByteBuffer read = TargetRig.sectors(1);

            Errno readStatus = Completion.read(device, 1, read).status();
            Errno writeStatus = Completion.write(device, 1, TargetRig.sectors(1).put(0, NEW))
                    .status();
            Errno flushStatus = Completion.flush(device).status();

            assertEquals(readsFail ? Errno.EIO : Errno.OK, readStatus);
            assertEquals(readsFail ? 0 : OLD, read.get(0));
            assertEquals(writesFail ? Errno.EIO : Errno.OK, writeStatus);
            assertEquals(arrives ? NEW : OLD, disk.content()[9 * 512]);
            assertEquals(writeStatus, flushStatus);
            assertEquals(arrives ? 1 : 0, disk.flushCount());
        }
    }

    @Test
    void shouldCorruptAWriteAndLeaveTheDataOfItsSubmitterAlone() throws Exception {
        try (TargetRig rig = new TargetRig(disk)) {
            MappedDevice device = device(rig, "0 1000 5 corrupt_bio_byte 1000 w 88 131072");
            byte[] plain = new byte[1024];
            ByteBuffer data = ByteBuffer.wrap(plain);

            assertEquals(
                    Errno.OK,
                    Completion.submit(device, BioOp.WRITE, RequestFlags.FUA, 0, 1024, data)
                            .status());

            assertEquals(88, disk.content()[8 * 512 + 999]);
            assertArrayEquals(new byte[1024], plain);
            assertEquals(Errno.OK, Completion.write(device, 0, data).status());
            assertEquals(0, disk.content()[8 * 512 + 999]);
        }
    }

    @Test
    void shouldCorruptReads() throws Exception {
        try (TargetRig rig = new TargetRig(disk)) {
            MappedDevice device = device(rig, "0 1000 5 corrupt_bio_byte 512 r 88 0");
            ByteBuffer read = TargetRig.sectors(1);

            assertEquals(Errno.OK, Completion.read(device, 0, read).status());

            assertEquals(88, read.get(511));
            assertEquals(0, disk.content()[9 * 512 - 1]);
        }
    }

    @Test
    void shouldReplaceAByteByChance() throws Exception {
        int rounds = 20;
        try (TargetRig rig = new TargetRig(disk)) {
            MappedDevice device =
                    device(rig, "0 1000 4 random_read_corrupt 1000000000 random_write_corrupt 1000000000");
            int changed = 0;
            for (int i = 0; i < rounds; i++) {
                assertEquals(
                        Errno.OK,
                        Completion.write(device, i, TargetRig.sectors(1)).status());
                int written = differences(disk.content());
                Arrays.fill(disk.content(), (byte) 0);
                ByteBuffer read = TargetRig.sectors(1);
                assertEquals(Errno.OK, Completion.read(device, i, read).status());
                int seen = differences(read.array());
                assertTrue(written <= 1 && seen <= 1);
                changed += written + seen;
            }
            // One in 256 is what it was before.
            assertTrue(changed > rounds);
        }
    }

    private static int differences(byte[] data) {
        return (int) IntStream.range(0, data.length).filter(i -> data[i] != 0).count();
    }

    @Test
    void shouldBeUpAndDownInTurn() {
        FlakeyPhases phases = new FlakeyPhases(2, 3, Long.MAX_VALUE);
        boolean[] expected = {false, false, true, true, true};
        for (int second = 0; second < 20; second++) {
            long nowNs = Long.MAX_VALUE + TimeUnit.SECONDS.toNanos(second);
            assertEquals(expected[second % 5], phases.isDown(nowNs));
            assertEquals(expected[second % 5], phases.isDown(nowNs + 999_999_999));
        }
        assertFalse(new FlakeyPhases(1, 0, 0).isDown(5));
        assertTrue(new FlakeyPhases(0, 1, 0).isDown(5));
    }

    @Test
    void shouldPrintItsFeatures() throws Exception {
        try (TargetRig rig = new TargetRig(disk)) {
            MappedDevice device = device(rig, "1 2 8 random_write_corrupt 7 Error_Reads CORRUPT_BIO_BYTE 3 W 255 1");
            assertEquals(
                    "252:0 8 1 2 8 error_reads corrupt_bio_byte 3 w 255 1 random_write_corrupt 7 ",
                    TargetRig.table(device));
            assertEquals("", TargetRig.status(device));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, Invalid argument count: 3",
        "x 1, Invalid up interval: \"x\"",
        "1 4294967296, Invalid down interval",
        "0 0, Total (up + down) interval is zero",
        "4294967295 1, Interval overflow",
        "1 1 12, Invalid number of feature args: \"12\" is not a number from 0 to 11",
        "1 1 2 drop_writes, 'Invalid number of feature args: 2 are announced, 1 follow'",
        "1 1 1 lose_writes, Unrecognised flakey feature requested: \"lose_writes\"",
        "1 1 2 drop_writes drop_writes, Feature drop_writes duplicated",
        "1 1 2 drop_writes error_writes, Feature error_writes conflicts with feature drop_writes",
        "1 1 2 error_writes drop_writes, Feature drop_writes conflicts with feature error_writes",
        "1 1 2 error_reads error_reads, Feature error_reads duplicated",
        "1 1 1 corrupt_bio_byte, Feature corrupt_bio_byte requires parameters",
        "1 1 2 corrupt_bio_byte 1, Invalid corrupt bio direction (r or w)",
        "1 1 5 corrupt_bio_byte 0 r 1 0, Invalid corrupt bio byte: \"0\"",
        "1 1 5 corrupt_bio_byte 1 x 1 0, Invalid corrupt bio direction (r or w): \"x\"",
        "1 1 5 corrupt_bio_byte 1 r 256 0, Invalid corrupt value to write into bio byte (0-255): \"256\"",
        "1 1 4 corrupt_bio_byte 1 r 255, Invalid corrupt bio flags mask",
        "1 1 6 drop_writes corrupt_bio_byte 1 w 1 0, drop_writes is incompatible with",
        "1 1 3 random_write_corrupt 1 error_writes, error_writes is incompatible with random_write_corrupt",
        "1 1 3 random_read_corrupt 1 error_reads, error_reads is incompatible with random_read_corrupt",
        "1 1 1 random_read_corrupt, Feature random_read_corrupt requires a parameter",
        "1 1 2 random_read_corrupt 1000000001, Invalid random corrupt argument",
    })
    void shouldSayWhatIsWrongWithItsArguments(String arguments, String problem) throws Exception {
        try (TargetRig rig = new TargetRig(disk)) {
            DmException thrown = assertThrows(DmException.class, () -> device(rig, arguments));
            assertEquals(Errno.EINVAL, thrown.errno());
            assertTrue(thrown.getMessage().contains(problem), thrown::getMessage);
        }
    }
}
