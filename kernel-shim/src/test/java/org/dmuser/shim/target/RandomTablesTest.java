package org.dmuser.shim.target;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
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
import org.dmuser.shim.dm.TargetTypes;
import org.dmuser.shim.target.ModelLine.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random bios on random tables over random tables over devices in memory, against a model. The seed of a failure is
 * in the name of the test; add it to {@link #seeds} to have it again.
 */
class RandomTablesTest {
    private static final Path RUN_DIRECTORY = Path.of("/run/dmuser-test");
    private static final int ARRAYS = 3;
    private static final int ARRAY_SECTORS = 48;
    private static final int STEPS = 400;
    private static final int BIO_SECTORS_MAX = 40;

    private final List<MemoryDevice> arrays = new ArrayList<>();
    private final List<ModelDevice.Array> arrayModels = new ArrayList<>();
    private SplittableRandom random;

    static LongStream seeds() {
        long base = System.nanoTime();
        return LongStream.concat(LongStream.range(0, 40), LongStream.range(base, base + 10));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldDoWhatTheModelDoes(long seed) throws Exception {
        random = new SplittableRandom(seed);
        for (int i = 0; i < ARRAYS; i++) {
            arrays.add(new MemoryDevice(ARRAY_SECTORS));
            arrayModels.add(new ModelDevice.Array(path("array" + i), ARRAY_SECTORS));
        }
        long maxBytes = (1 + random.nextInt(8)) * (long) Bio.SECTOR_SIZE;
        TargetTypes types = TargetTypes.load(new ArrayTargetType(arrays, maxBytes));
        try (DeviceMapper mapper = new DeviceMapper(RUN_DIRECTORY, types, RandomTablesTest::fail)) {
            for (int i = 0; i < ARRAYS; i++) {
                create(mapper, "array" + i, "0 " + ARRAY_SECTORS + " array " + i);
            }
            ModelDevice.Mapped lower = new ModelDevice.Mapped(path("lower"), randomLines(arrayModels));
            create(mapper, "lower", text(lower));
            List<ModelDevice> below = new ArrayList<>(arrayModels);
            below.add(lower);
            ModelDevice.Mapped upper = new ModelDevice.Mapped(path("upper"), randomLines(below));
            MappedDevice device = create(mapper, "upper", text(upper));
            run(mapper, device, upper, below);
        }
        for (int i = 0; i < ARRAYS; i++) {
            assertArrayEquals(arrayModels.get(i).content(), arrays.get(i).content());
            assertEquals(arrayModels.get(i).flushCount(), arrays.get(i).flushCount());
        }
    }

    private void run(DeviceMapper mapper, MappedDevice device, ModelDevice.Mapped model, List<ModelDevice> below)
            throws Exception {
        for (int step = 0; step < STEPS; step++) {
            int choice = random.nextInt(40);
            if (choice == 0) {
                model.lines(randomLines(below));
                mapper.load("upper", text(model), false);
                device.resume(false);
            } else if (choice < 4) {
                assertEquals(Errno.OK, Completion.flush(device).status());
                model.flush();
            } else {
                randomBio(device, model);
            }
        }
    }

    private void randomBio(MappedDevice device, ModelDevice model) throws Exception {
        BioOp op = BioOp.values()[random.nextInt(BioOp.values().length)];
        boolean preflush = op == BioOp.WRITE && random.nextInt(5) == 0;
        int sector = random.nextInt(model.sectors());
        int count = 1 + random.nextInt(Math.min(BIO_SECTORS_MAX, model.sectors() - sector));
        byte[] data = new byte[op.hasData() ? count * Bio.SECTOR_SIZE : 0];
        random.nextBytes(data);
        byte[] expected = data.clone();
        if (preflush) {
            model.flush();
        }

        Errno expectedStatus = model.apply(op, sector, count, expected, 0);
        Completion completion = Completion.submit(
                device,
                op,
                preflush ? RequestFlags.PREFLUSH : 0,
                sector,
                (long) count * Bio.SECTOR_SIZE,
                op.hasData() ? ByteBuffer.wrap(data) : null);

        assertEquals(expectedStatus, completion.status(), completion.bio().toString());
        assertArrayEquals(expected, data);
    }

    private List<ModelLine> randomLines(List<? extends ModelDevice> below) {
        List<ModelLine> lines = new ArrayList<>();
        int start = 0;
        int count = 1 + random.nextInt(8);
        for (int i = 0; i < count; i++) {
            Kind kind = random.nextInt(3) > 0 ? Kind.LINEAR : random.nextInt(3) > 0 ? Kind.ZERO : Kind.ERROR;
            ModelDevice device = below.get(random.nextInt(below.size()));
            int offset = random.nextInt(device.sectors());
            int length = 1 + random.nextInt(device.sectors() - offset);
            lines.add(new ModelLine(kind, start, length, device, offset));
            start += length;
        }
        return lines;
    }

    private static String text(ModelDevice.Mapped model) {
        return model.lines().stream().map(ModelLine::text).collect(Collectors.joining("\n"));
    }

    private static MappedDevice create(DeviceMapper mapper, String name, String table) throws DmException {
        MappedDevice device = mapper.create(name);
        mapper.load(name, table, false);
        device.resume(false);
        return device;
    }

    private static String path(String name) {
        return RUN_DIRECTORY + "/mapper/" + name;
    }

    private static void fail(Throwable fault) {
        throw new AssertionError("unexpected fault", fault);
    }
}
