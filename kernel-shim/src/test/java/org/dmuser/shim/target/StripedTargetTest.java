package org.dmuser.shim.target;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.dmuser.channel.Errno;
import org.dmuser.channel.RequestFlags;
import org.dmuser.shim.bio.Bio;
import org.dmuser.shim.bio.BioOp;
import org.dmuser.shim.bio.Completion;
import org.dmuser.shim.bio.MemoryDevice;
import org.dmuser.shim.dm.DeviceMapper;
import org.dmuser.shim.dm.DmException;
import org.dmuser.shim.dm.MappedDevice;
import org.dmuser.shim.dm.TableSlot;
import org.dmuser.shim.dm.TargetTypes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class StripedTargetTest {
    private static final Path RUN_DIRECTORY = Path.of("/run/dmuser-test");
    private static final int DISKS = 3;
    private static final int DISK_SECTORS = 64;
    private static final int STEPS = 300;

    private final List<MemoryDevice> disks = new ArrayList<>();
    private final DeviceMapper mapper;

    StripedTargetTest() throws DmException {
        for (int i = 0; i < DISKS; i++) {
            disks.add(new MemoryDevice(DISK_SECTORS));
        }
        mapper = new DeviceMapper(
                RUN_DIRECTORY, TargetTypes.load(new ArrayTargetType(disks, Long.MAX_VALUE)), StripedTargetTest::fail);
        for (int i = 0; i < DISKS; i++) {
            create("disk" + i, "0 " + DISK_SECTORS + " array " + i);
        }
    }

    private static void fail(Throwable fault) {
        throw new AssertionError("unexpected fault", fault);
    }

    @AfterEach
    void close() {
        mapper.close();
    }

    private MappedDevice create(String name, String table) throws DmException {
        MappedDevice device = mapper.create(name);
        mapper.load(name, table, false);
        device.resume(false);
        return device;
    }

    private static String path(String name) {
        return RUN_DIRECTORY + "/mapper/" + name;
    }

    /** A place on a disk. */
    private record Place(int disk, int sector) {}

    static LongStream seeds() {
        long base = System.nanoTime();
        return LongStream.concat(LongStream.range(0, 40), LongStream.range(base, base + 10));
    }

    /** The model is a list of where each sector is, made by dealing out chunks. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldDoWhatTheModelDoes(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        int stripes = 1 + random.nextInt(DISKS);
        int chunk = 1 + random.nextInt(9);
        int rows = 1 + random.nextInt(DISK_SECTORS / 2 / chunk);
        int before = random.nextInt(5);
        int[] offsets = new int[stripes];
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < stripes; i++) {
            offsets[i] = random.nextInt(DISK_SECTORS - rows * chunk + 1);
            line.append(' ').append(path("disk" + i)).append(' ').append(offsets[i]);
        }
        int sectors = stripes * chunk * rows;
        String table = (before == 0 ? "" : "0 " + before + " zero\n") + before + " " + sectors + " striped " + stripes
                + " " + chunk + line;
        MappedDevice device = create("striped", table);
        List<Place> places = new ArrayList<>();
        for (int i = 0; i < sectors; i++) {
            int number = i / chunk;
            places.add(new Place(number % stripes, offsets[number % stripes] + number / stripes * chunk + i % chunk));
        }
        byte[][] expected = new byte[DISKS][DISK_SECTORS * Bio.SECTOR_SIZE];
        int flushes = 0;

        for (int step = 0; step < STEPS; step++) {
            if (random.nextInt(20) == 0) {
                assertEquals(Errno.OK, Completion.flush(device).status());
                flushes++;
            } else {
                randomBio(random, device, before, places, expected);
            }
        }

        for (int i = 0; i < DISKS; i++) {
            assertArrayEquals(expected[i], disks.get(i).content());
            assertEquals(i < stripes ? flushes : 0, disks.get(i).flushCount());
        }
    }

    private static void randomBio(
            SplittableRandom random, MappedDevice device, int before, List<Place> places, byte[][] expected)
            throws Exception {
        BioOp op = BioOp.values()[random.nextInt(BioOp.values().length)];
        int first = random.nextInt(places.size());
        int count = 1 + random.nextInt(places.size() - first);
        byte[] data = new byte[count * Bio.SECTOR_SIZE];
        random.nextBytes(data);
        byte[] read = op == BioOp.READ ? new byte[data.length] : data.clone();
        for (int i = 0; i < count; i++) {
            Place place = places.get(first + i);
            byte[] disk = expected[place.disk()];
            int at = place.sector() * Bio.SECTOR_SIZE;
            switch (op) {
                case READ -> System.arraycopy(disk, at, read, i * Bio.SECTOR_SIZE, Bio.SECTOR_SIZE);
                case WRITE -> System.arraycopy(data, i * Bio.SECTOR_SIZE, disk, at, Bio.SECTOR_SIZE);
                case DISCARD, WRITE_ZEROES -> Arrays.fill(disk, at, at + Bio.SECTOR_SIZE, (byte) 0);
            }
        }

        ByteBuffer memory = op.hasData() ? ByteBuffer.wrap(data) : null;
        Completion completion = Completion.submit(device, op, 0, before + first, data.length, memory);

        assertEquals(Errno.OK, completion.status(), completion.bio().toString());
        assertArrayEquals(read, data);
    }

    @Test
    void shouldSayWhatItIsMadeOf() throws Exception {
        String line = "2 4 252:0 7 252:2 0";
        MappedDevice device = create("striped", "0 16 striped 2 4 " + path("disk0") + " 7 " + path("disk2") + " 0");

        assertEquals(line, device.table(TableSlot.LIVE).get(0).arguments());
        assertEquals("2 252:0 252:2 1 AA", device.status(TableSlot.LIVE).get(0).arguments());
        assertEquals("1.6.0", new StripedTargetType().version());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        |Not enough arguments: striped takes <#stripes> <chunk> and <device> <offset> of each stripe
        0 4 D 0|Invalid stripe count: "0" is not a number from 1 to 4294967295
        x 4 D 0|Invalid stripe count: "x" is not a number from 1 to 4294967295
        1 0 D 0|Invalid chunk_size: "0" is not a number from 1 to 4294967295
        3 4 D 0 D 0 D 0|Target length not divisible by number of stripes: 64 sectors on 3 stripes
        2 5 D 0 D 0|Target length not divisible by chunk size: each of 2 stripes has 32 sectors
        2 4 D 0 D|Not enough destinations specified: 2 stripes need a <device> and an <offset> each, not 3
        1 4 D 0 D 0|Not enough destinations specified: 1 stripes need a <device> and an <offset> each, not 4
        1 4 D x|Couldn't parse stripe destination: "x" is not a decimal number of sectors
        1 4 /run/dmuser-test/mapper/no 0|Couldn't parse stripe destination: no mapped device
        """)
    void shouldRefuseLinesThatAreWrong(String words, String message) {
        String line = "0 64 striped " + (words == null ? "" : words.replace("D", path("disk0")));

        DmException thrown = assertThrows(DmException.class, () -> create("striped", line));

        String found = thrown.getMessage().replaceFirst("table line 1: striped: ", "");
        assertEquals(message, found.substring(0, Math.min(found.length(), message.length())));
    }

    @Test
    void shouldCountErrorsOfADeviceInAllStripesOnItAndTellOfTheFirst() throws Exception {
        create("bad", "0 8 array 1\n8 8 error\n16 16 array 1");
        MappedDevice device = create(
                "striped", "0 48 striped 3 8 " + path("bad") + " 0 " + path("disk0") + " 0 " + path("bad") + " 16");
        assertEquals(0, device.info().eventNumber());

        for (int i = 1; i <= 20; i++) {
            assertEquals(Errno.EIO, read(device, 24).status());
            assertEquals(Math.min(i, 14), device.info().eventNumber());
        }

        assertEquals(
                "3 252:3 252:0 252:3 1 DAD",
                device.status(TableSlot.LIVE).get(0).arguments());
    }

    @Test
    void shouldNotCountWhatIsNoErrorOfADevice() throws Exception {
        create("picky", "0 32 zero");
        MappedDevice device = create("striped", "0 64 striped 2 8 " + path("picky") + " 0 " + path("disk0") + " 0");

        // Zeroes are nothing that zero takes, and reading zeroes ahead is of no use to it.
        assertEquals(
                Errno.EOPNOTSUPP,
                Completion.submit(device, BioOp.WRITE_ZEROES, 0, 0, 64 * 512, null)
                        .status());
        assertEquals(
                Errno.EIO,
                Completion.submit(device, BioOp.READ, RequestFlags.RAHEAD, 0, 512, ByteBuffer.allocate(512))
                        .status());

        assertEquals(0, device.info().eventNumber());
        assertEquals("2 252:3 252:0 1 AA", device.status(TableSlot.LIVE).get(0).arguments());
    }

    private static Completion read(MappedDevice device, long sector) {
        return Completion.read(device, sector, ByteBuffer.allocate(Bio.SECTOR_SIZE));
    }
}
