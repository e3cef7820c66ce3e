package org.dmuser.shim.target;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.dmuser.channel.Errno;
import org.dmuser.shim.bio.BioOp;
import org.dmuser.shim.bio.Completion;
import org.dmuser.shim.bio.MemoryDevice;
import org.dmuser.shim.dm.DmException;
import org.dmuser.shim.dm.MappedDevice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DustTargetTest {
    private static final int SECTORS = 64;

    private final MemoryDevice disk = new MemoryDevice(SECTORS);

    private static String say(MappedDevice device, String message) throws DmException {
        return device.message(0, List.of(message.split(" ")));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void shouldFailAndRepairAsAModelDoes(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        int shift = random.nextInt(4);
        int offset = random.nextInt(8);
        try (TargetRig rig = new TargetRig(disk)) {
            MappedDevice device = rig.create(
                    "d", "0 " + (SECTORS - 8) + " dust " + TargetRig.DISK + "0 " + offset + " " + (512 << shift));
            say(device, "enable");
            Map<Long, Integer> bad = new TreeMap<>();
            for (int i = 0; i < 2000; i++) {
                long block = random.nextInt(SECTORS >> shift);
                int sector = random.nextInt(SECTORS - 8);
                long blockOfSector = (sector + offset) >> shift;
                switch (random.nextInt(3)) {
                    case 0 -> {
                        int failures = random.nextInt(3);
                        if (bad.putIfAbsent(block, failures) == null) {
                            assertEquals("", say(device, "addbadblock " + block + " " + failures));
                        }
                    }
                    case 1 -> {
                        Errno expected = bad.containsKey(blockOfSector) ? Errno.EIO : Errno.OK;
                        assertEquals(
                                expected,
                                Completion.read(device, sector, TargetRig.sectors(1))
                                        .status());
                    }
                    default -> {
                        int left = bad.getOrDefault(blockOfSector, 0);
                        bad.computeIfPresent(blockOfSector, (same, n) -> n > 0 ? n - 1 : null);
                        assertEquals(
                                left > 0 ? Errno.EIO : Errno.OK,
                                Completion.write(device, sector, TargetRig.sectors(1))
                                        .status());
                    }
                }
                assertEquals("countbadblocks: " + bad.size() + " badblock(s) found", say(device, "countbadblocks"));
            }
            StringBuilder list = new StringBuilder();
            bad.keySet().forEach(block -> list.append(block).append('\n'));
            assertEquals(list.isEmpty() ? "No blocks in badblocklist" : list.toString(), say(device, "listbadblocks"));
        }
    }

    @Test
    void shouldCutDataAtItsBlocks() throws Exception {
        try (TargetRig rig = new TargetRig(disk)) {
            MappedDevice device = rig.create("d", "0 32 dust " + TargetRig.DISK + "0 0 2048");
            say(device, "addbadblock 3");
            say(device, "enable");
            byte[] data = new byte[8 * 512];
            new Random(1).nextBytes(data);

            assertEquals(
                    Errno.OK,
                    Completion.write(device, 10, ByteBuffer.wrap(data)).status());

            assertEquals("countbadblocks: 0 badblock(s) found", say(device, "countbadblocks"));
            assertArrayEquals(data, Arrays.copyOfRange(disk.content(), 10 * 512, 18 * 512));
        }
    }

    @Test
    void shouldRepairByDiscardsAndNotByFlushes() throws Exception {
        try (TargetRig rig = new TargetRig(disk)) {
            MappedDevice device = rig.create("d", "0 32 dust " + TargetRig.DISK + "0 0 512");
            say(device, "addbadblock 0");
            say(device, "enable");
            assertEquals(Errno.OK, Completion.flush(device).status());
            assertEquals("countbadblocks: 1 badblock(s) found", say(device, "countbadblocks"));
            assertEquals(
                    Errno.OK,
                    Completion.submit(device, BioOp.DISCARD, 0, 0, 512, null).status());
            assertEquals("countbadblocks: 0 badblock(s) found", say(device, "countbadblocks"));
            assertEquals(
                    Errno.EOPNOTSUPP,
                    Completion.submit(device, BioOp.WRITE_ZEROES, 0, 0, 512, null)
                            .status());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "addbadblock, addbadblock requires an additional argument",
        "nothing, unrecognized message 'nothing' received: possible are",
        "nothing 1, unrecognized message 'nothing' received",
        "enable 1, unrecognized message 'enable' received",
        "queryblock 1 1, unrecognized message 'queryblock' received",
        "addbadblock 1 1 1, invalid number of arguments 4",
        "addbadblock x, selected block value out of range: \"x\"",
        "addbadblock 65, selected block value out of range: \"65\" is not a number from 0 to 64",
        "addbadblock 1 256, selected write fail count out of range: \"256\" is not a number from 0 to 255",
        "addbadblock 5, block 5 already in badblocklist",
        "removebadblock 6, block 6 not found in badblocklist",
    })
    void shouldSayWhatIsWrongWithAMessage(String message, String problem) throws Exception {
        try (TargetRig rig = new TargetRig(disk)) {
            MappedDevice device = rig.create("d", "0 32 dust " + TargetRig.DISK + "0 0 512");
            say(device, "addbadblock 5");
            DmException thrown = assertThrows(DmException.class, () -> say(device, message));
            assertEquals(Errno.EINVAL, thrown.errno());
            assertTrue(thrown.getMessage().contains(problem), thrown::getMessage);
        }
    }

    @Test
    void shouldSayWhatIsWrongWithItsArguments() throws Exception {
        Map<String, String> problems = new HashMap<>(Map.of(
                "0", "Invalid argument count: 1 instead of the 3 of dust <device> <offset> <block size>",
                "252:0 0 x", "Invalid block size parameter: \"x\"",
                "252:0 0 0", "Invalid block size parameter: \"0\"",
                "252:0 0 511", "Block size must be at least 512, not 511",
                "252:0 0 1536", "Block size must be a power of 2, which 1536 is not",
                "252:0 0 16384", "Block size is too large: 16384 bytes, where at most 8192 are possible",
                "252:0 x 512", "Invalid device offset sector: \"x\"",
                "252:9 0 512", "Device lookup failed",
                "252:9 x 256", "Block size must be at least 512"));
        try (TargetRig rig = new TargetRig(disk)) {
            for (Map.Entry<String, String> problem : problems.entrySet()) {
                DmException thrown =
                        assertThrows(DmException.class, () -> rig.create("d", "0 16 dust " + problem.getKey()));
                assertEquals(Errno.EINVAL, thrown.errno());
                assertTrue(thrown.getMessage().contains(problem.getValue()), thrown::getMessage);
            }
        }
    }
}
