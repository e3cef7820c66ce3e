package org.dmuser.shim.dm;

import static org.dmuser.shim.dm.DeviceMapperRig.path;
import static org.dmuser.shim.dm.DeviceMapperRig.sectors;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.dmuser.channel.Errno;
import org.dmuser.shim.bio.Bio;
import org.dmuser.shim.bio.BioOp;
import org.dmuser.shim.bio.Completion;
import org.dmuser.shim.bio.HoldingDevice;
import org.dmuser.shim.bio.MemoryDevice;
import org.dmuser.shim.bio.Submission;
import org.dmuser.shim.dm.TestTargets.ScriptedTarget;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Bios in more than one piece, and stacks of devices. */
class SplitTest {
    private final ScriptedTarget scripted = new ScriptedTarget();
    private final DeviceMapperRig rig = new DeviceMapperRig(TestTargets.type("scripted", context -> scripted));

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void shouldSplitABioThatSpansTargets() throws Exception {
        MemoryDevice first = new MemoryDevice(8);
        MemoryDevice second = new MemoryDevice(8);
        MemoryDevice third = new MemoryDevice(8);
        rig.add("first", first);
        rig.add("second", second);
        rig.add("third", third);
        MappedDevice device = rig.create("a", "0 4 device first 4", "4 4 device second 1", "8 8 device third 0");
        ByteBuffer data = sectors(10);
        for (int i = 0; i < data.capacity(); i++) {
            data.put(i, (byte) (i / 512 + i));
        }

        Completion write = Completion.write(device, 2, data);
        assertEquals(Errno.OK, write.status());
        assertEquals(10 * 512, write.bio().length());
        assertSame(data, write.bio().data());

        assertArrayEquals(slice(data.array(), 0, 2), slice(first.content(), 6, 2));
        assertArrayEquals(slice(data.array(), 2, 4), slice(second.content(), 1, 4));
        assertArrayEquals(slice(data.array(), 6, 4), slice(third.content(), 0, 4));
        ByteBuffer read = sectors(10);
        assertEquals(Errno.OK, Completion.read(device, 2, read).status());
        assertArrayEquals(data.array(), read.array());
    }

    private static byte[] slice(byte[] bytes, int sector, int sectors) {
        return Arrays.copyOfRange(bytes, sector * 512, (sector + sectors) * 512);
    }

    private Completion readInThreePieces(HoldingDevice held) throws DmException {
        rig.add("h", held);
        MappedDevice device = rig.create("a", "0 8 device h 0", "8 8 device h 8", "16 8 device h 16");
        return Completion.read(device, 0, sectors(24));
    }

    @Test
    void shouldEndASplitWithTheFirstErrorWhenAllPiecesHaveEnded() throws Exception {
        HoldingDevice held = new HoldingDevice(24);
        Completion read = readInThreePieces(held);
        List<Bio> pieces = held.take(3);

        pieces.get(2).end(Errno.ENOSPC);
        pieces.get(0).end(Errno.EIO);
        assertFalse(read.hasEnded());
        pieces.get(1).end(Errno.OK);

        assertEquals(Errno.ENOSPC, read.status());
    }

    @Test
    void shouldEndASplitAsTimedOutIfAnyPieceIsWhicheverErrorCameFirst() throws Exception {
        HoldingDevice held = new HoldingDevice(24);
        Completion read = readInThreePieces(held);
        List<Bio> pieces = held.take(3);

        pieces.get(2).end(Errno.ENOSPC);
        pieces.get(0).end(Errno.ETIMEDOUT);
        pieces.get(1).end(Errno.EIO);

        assertEquals(Errno.ETIMEDOUT, read.status());
    }

    @Test
    void shouldMapAWholeBioItself() throws Exception {
        HoldingDevice held = new HoldingDevice(24);
        rig.add("h", held);
        MappedDevice device = rig.create("a", "0 8 zero", "8 8 device h 3");
        Completion read = Completion.read(device, 9, sectors(7));

        Bio mapped = held.take();

        assertSame(read.bio(), mapped);
        assertEquals(4, mapped.sector());
        mapped.end(Errno.OK);
        assertEquals(9, read.bio().sector());
    }

    @Test
    void shouldSubmitTheRemainderBehindWhatThePieceProduced() throws Exception {
        List<String> order = new ArrayList<>();
        scripted.mapping = bio -> {
            order.add("lower " + bio.sector());
            bio.end(Errno.OK);
            return MapResult.SUBMITTED;
        };
        MappedDevice lower = rig.create("lower", "0 4 scripted", "4 4 scripted");
        rig.deviceType().maxBytes(2 * 512);
        rig.add("lower", lower);
        MappedDevice device = rig.create("a", "0 8 device lower 0");
        rig.deviceType().maxBytes(Long.MAX_VALUE);

        assertEquals(Errno.OK, Completion.read(device, 1, sectors(6)).status());

        // Pieces of two sectors above, the second of which is cut again below, before the third is even mapped.
        assertEquals(List.of("lower 1", "lower 3", "lower 4", "lower 5"), order);
    }

    @Test
    void shouldSplitTenThousandTimesWithoutUsingUpTheStack() throws Exception {
        int pieces = 10_000;
        List<Integer> depths = new ArrayList<>();
        scripted.mapping = bio -> {
            if (depths.isEmpty() || bio.sector() == pieces - 1) {
                depths.add(new Throwable().getStackTrace().length);
            }
            bio.end(Errno.OK);
            return MapResult.SUBMITTED;
        };
        MappedDevice device = rig.create("a", oneSectorTargets(pieces));

        assertEquals(Errno.OK, Completion.read(device, 0, sectors(pieces)).status());

        assertEquals(2, depths.size());
        assertTrue(depths.get(1) <= depths.get(0) + 4, depths.toString());
    }

    private static String[] oneSectorTargets(int count) {
        String[] lines = new String[count];
        for (int i = 0; i < count; i++) {
            lines[i] = i + " 1 scripted";
        }
        return lines;
    }

    @Test
    void shouldSplitAndZeroWhateverLimitTheMemoryHasFromBefore() throws Exception {
        MappedDevice device = rig.create("a", "0 8 zero", "8 8 zero");
        for (int length : new int[] {4, 16}) {
            ByteBuffer data = sectors(length, 7).limit(1);

            assertEquals(Errno.OK, Completion.read(device, 0, data).status());
            assertEquals(sectors(length), data.clear());
        }
    }

    @Test
    void shouldGoThroughAStackOf64Devices() throws Exception {
        MemoryDevice memory = new MemoryDevice(100);
        rig.add("m", memory);
        rig.create("d0", "0 100 device m 0");
        for (int i = 1; i < 64; i++) {
            rig.create("d" + i, "0 " + (100 - i) + " linear " + path("d" + (i - 1)) + " 1");
        }
        MappedDevice top = rig.mapper().find("d63");

        Completion write = Completion.write(top, 5, sectors(3, 9));

        assertEquals(Errno.OK, write.status());
        assertEquals(5, write.bio().sector());
        assertArrayEquals(sectors(3, 9).array(), slice(memory.content(), 68, 3));
        assertEquals(Errno.OK, Completion.flush(top).status());
        assertEquals(1, memory.flushCount());
    }

    /** As much as the virtual machine gives to the smallest of threads. */
    private static final int SMALL_STACK = 1;

    @Test
    void shouldUseConstantStackForAStackOf64DevicesAndTenThousandPieces() throws Exception {
        int pieces = 10_000;
        AtomicInteger deepest = new AtomicInteger();
        scripted.mapping = bio -> {
            deepest.accumulateAndGet(stackDepth(), Math::max);
            bio.end(Errno.OK);
            return MapResult.SUBMITTED;
        };
        rig.create("d0", oneSectorTargets(pieces));
        for (int i = 1; i < 64; i++) {
            rig.create("d" + i, linesOf(pieces, 1 << i / 8, "linear " + path("d" + (i - 1))));
        }
        MappedDevice bottom = rig.mapper().find("d0");
        MappedDevice top = rig.mapper().find("d63");
        Completion.read(bottom, 0, sectors(2));
        int oneDevice = deepest.getAndSet(0);

        Completion read = new Completion();
        Thread small = new Thread(
                null,
                () -> Submission.submit(read.bio().start(BioOp.READ, 0, 0, pieces * 512, sectors(pieces), read), top),
                "small stack",
                SMALL_STACK);
        small.start();
        small.join();

        assertEquals(Errno.OK, read.status());
        assertTrue(deepest.get() <= oneDevice + 4, oneDevice + " frames, and then " + deepest);
    }

    private static int stackDepth() {
        return StackWalker.getInstance().walk(frames -> (int) frames.count());
    }

    /** Lines of so many sectors each, up to {@code sectors}, mapped straight down. */
    private static String[] linesOf(int sectors, int each, String target) {
        List<String> lines = new ArrayList<>();
        for (int start = 0; start < sectors; start += each) {
            lines.add(start + " " + Math.min(each, sectors - start) + " " + target + " " + start);
        }
        return lines.toArray(String[]::new);
    }
}
