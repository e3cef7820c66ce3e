package org.dmuser.shim.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.dmuser.channel.Errno;
import org.dmuser.channel.RequestFlags;
import org.dmuser.shim.bio.BioOp;
import org.dmuser.shim.file.MemoryDevice.Asked;
import org.junit.jupiter.api.Test;

final class BlockFileTest {
    private static final int SIZE = 1024 * 1024;
    private static final byte OLD = 7;
    private static final byte NEW = 42;

    private final MemoryDevice device = new MemoryDevice(SIZE).fill(OLD);
    private final BlockFile file = new BlockFile(device);
    private final List<Throwable> thrown = new ArrayList<>();
    private final IoContext context = new IoContext(thrown::add);

    @Test
    void shouldPassMemoryAsItIsWhenAligned() {
        ByteBuffer data = filled(8192);
        assertEquals(8192, file.write(context, 4096, data, 8192, false));
        assertEquals(4096, file.read(context, 4096, data, 4096));
        List<Asked> asked = device.takeAsked();
        assertEquals(List.of(new Asked(BioOp.WRITE, 0, 8, 8192, data), new Asked(BioOp.READ, 0, 8, 4096, data)), asked);
        assertSame(data, asked.get(0).data());
        assertSame(data, asked.get(1).data());
    }

    @Test
    void shouldReadNoFurtherThanTheEnd() {
        ByteBuffer data = filled(4096);
        assertEquals(1024, file.read(context, SIZE - 1024, data, 4096));
        assertEquals(100, file.read(context, SIZE - 100, data, 4096));
        assertEquals(0, file.read(context, SIZE, data, 4096));
        assertEquals(0, file.read(context, SIZE * 5_000_000_000L, data, 4096));
        assertEquals(OLD, data.get(99));
        assertEquals(OLD, data.get(1023));
        assertEquals(NEW, data.get(1024));
    }

    @Test
    void shouldCutAWriteAtTheEndAndRefuseOneBehindIt() {
        assertEquals(1024, file.write(context, SIZE - 1024, filled(4096), 4096, false));
        assertEquals(-Errno.ENOSPC.number(), file.write(context, SIZE, filled(4096), 4096, false));
        assertEquals(-Errno.ENOSPC.number(), file.write(context, SIZE * 5_000_000_000L, filled(1), 1, false));
        assertEquals(0, file.write(context, SIZE, filled(1), 0, false));
    }

    @Test
    void shouldRefuseEveryChangeWhenReadOnly() {
        device.readOnly(true);
        assertEquals(-Errno.EROFS.number(), file.write(context, 0, filled(512), 512, false));
        assertEquals(Errno.EROFS, file.discard(context, 0, 512));
        assertEquals(Errno.EROFS, file.writeZeroes(context, 0, 512, true));
        assertEquals(List.of(), device.takeAsked());
        assertEquals(512, file.read(context, 0, filled(512), 512));
    }

    @Test
    void shouldFlushByAnEmptyWriteWithPreflush() {
        assertEquals(Errno.OK, file.sync(context));
        assertEquals(List.of(new Asked(BioOp.WRITE, RequestFlags.PREFLUSH, 0, 0, null)), device.takeAsked());
    }

    @Test
    void shouldPassFuaOnWithTheDataAndNotWithTheEdgesItReads() {
        file.write(context, 0, filled(512), 512, true);
        assertEquals(RequestFlags.FUA, device.takeAsked().get(0).flags());
        file.write(context, 100, filled(512), 512, true);
        assertEquals(
                List.of(0L, 0L, RequestFlags.FUA),
                device.takeAsked().stream().map(Asked::flags).toList());
    }

    @Test
    void shouldReadOnlyTheSectorsAtTheEdgesOfAnUnalignedWrite() {
        assertEquals(10_000, file.write(context, 1000, filled(10_000), 10_000, false));
        assertEquals(
                List.of("READ 1+512", "READ 21+512", "WRITE 1+10752"),
                device.takeAsked().stream()
                        .map(a -> a.op() + " " + a.sector() + "+" + a.length())
                        .toList());
        assertArrayEquals(expected(0, 12_000, 1000, 10_000, NEW), device.bytes(0, 12_000));
    }

    @Test
    void shouldDiscardWholeSectorsByOneBioAndZeroTheEdges() {
        assertEquals(Errno.OK, file.discard(context, 100, 100_000));
        List<Asked> asked = device.takeAsked();
        assertEquals(new Asked(BioOp.DISCARD, 0, 1, 100_100 / 512 * 512 - 512, null), asked.get(0));
        assertEquals(1, asked.stream().filter(a -> !a.op().hasData()).count());
        assertArrayEquals(expected(0, 101_000, 100, 100_000, (byte) 0), device.bytes(0, 101_000));
    }

    @Test
    void shouldChangeNothingWhenTheDeviceDoesNotDiscard() {
        device.verdict(bio -> bio.op() == BioOp.DISCARD ? Errno.EOPNOTSUPP : Errno.OK);
        assertEquals(Errno.EOPNOTSUPP, file.discard(context, 100, 100_000));
        assertEquals(1, device.takeAsked().size());
    }

    @Test
    void shouldZeroByWritingWhereThereIsNoWholeSector() {
        assertEquals(Errno.OK, file.discard(context, 100, 20));
        assertEquals(Errno.OK, file.writeZeroes(context, 1000, 100, false));
        assertTrue(device.takeAsked().stream().allMatch(a -> a.op().hasData()));
        assertArrayEquals(expected(0, 900, 100, 20, (byte) 0), device.bytes(0, 900));
        assertArrayEquals(expected(900, 900, 1000, 100, (byte) 0), device.bytes(900, 900));
    }

    @Test
    void shouldSayWhetherZeroesStayAllocated() {
        file.writeZeroes(context, 0, 512, true);
        file.writeZeroes(context, 0, 512, false);
        assertEquals(
                List.of(RequestFlags.NOUNMAP, 0L),
                device.takeAsked().stream().map(Asked::flags).toList());
    }

    @Test
    void shouldZeroNoFurtherThanTheEnd() {
        assertEquals(Errno.OK, file.discard(context, SIZE - 1024, Long.MAX_VALUE));
        assertEquals(1024, device.takeAsked().get(0).length());
        assertEquals(Errno.OK, file.discard(context, SIZE, 512));
        assertEquals(Errno.OK, file.discard(context, 0, 0));
        assertEquals(List.of(), device.takeAsked());
    }

    @Test
    void shouldAnswerTheErrorOfTheDevice() {
        device.verdict(bio -> Errno.ETIMEDOUT);
        assertEquals(-Errno.ETIMEDOUT.number(), file.read(context, 0, filled(512), 512));
        assertEquals(-Errno.ETIMEDOUT.number(), file.read(context, 1, filled(512), 512));
        assertEquals(-Errno.ETIMEDOUT.number(), file.write(context, 1, filled(512), 512, false));
        assertEquals(Errno.ETIMEDOUT, file.sync(context));
    }

    @Test
    void shouldReportADeviceThatThrowsAndGoOnWithoutIt() {
        RuntimeException fault = new IllegalStateException("a fault of the device");
        device.verdict(bio -> {
            throw fault;
        });
        assertEquals(-Errno.EIO.number(), file.write(context, 1, filled(512), 512, false));
        assertEquals(List.of(fault), thrown);
        device.verdict(bio -> Errno.OK);
        assertEquals(512, file.write(context, 1, filled(512), 512, false));
        assertArrayEquals(expected(0, 1024, 1, 512, NEW), device.bytes(0, 1024));
    }

    @Test
    void shouldLeaveMemoryToWhoDidNotAnswerInTime() {
        ByteBuffer memory = context.memory(4096);
        assertSame(memory, context.memory(4096));
        device.verdict(bio -> Errno.ETIMEDOUT);
        assertEquals(-Errno.ETIMEDOUT.number(), file.write(context, 1, memory, 4096, false));
        ByteBuffer edge = device.takeAsked().get(0).data();
        device.verdict(bio -> Errno.OK);
        assertNotSame(memory, context.memory(4096));
        assertEquals(4096, file.write(context, 1, context.memory(4096), 4096, false));
        assertTrue(device.takeAsked().stream().noneMatch(asked -> asked.data() == edge));
        assertEquals(List.of(), thrown);
    }

    @Test
    void shouldChangeNothingBehindTheEndHoweverFar() {
        for (long offset : List.of((long) SIZE, Long.MAX_VALUE - 100, Long.MAX_VALUE)) {
            assertEquals(Errno.OK, file.discard(context, offset, 50));
            assertEquals(Errno.OK, file.writeZeroes(context, offset, Long.MAX_VALUE, true));
        }
        assertEquals(Errno.OK, file.discard(context, 100, 0));
        assertEquals(List.of(), device.takeAsked());
        assertEquals(List.of(), thrown);
    }

    @Test
    void shouldWaitForABioThatAnotherThreadEndsAndKeepTheInterrupt() throws InterruptedException {
        device.hold();
        Thread waiter = Thread.currentThread();
        Thread ender = new Thread(() -> {
            while (waiter.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            assertTrue(context.describe().contains("READ sector 1 length 512"), context.describe());
            waiter.interrupt();
            device.release();
        });
        ender.start();
        assertEquals(512, file.read(context, 512, filled(512), 512));
        assertTrue(Thread.interrupted());
        ender.join();
    }

    @Test
    void shouldAllocateNothingForAlignedRequests() {
        device.forgetful();
        ByteBuffer data = ByteBuffer.allocateDirect(4096);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int times = 10_000;
        // The first calls load classes.
        exercise(data, times);
        long before = threads.getCurrentThreadAllocatedBytes();
        exercise(data, times);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        // The virtual machine's own are a few hundred bytes at times; one object for each would be 16 times this.
        assertTrue(allocated < times, () -> allocated + " bytes for " + times + " reads, writes and flushes");
    }

    private void exercise(ByteBuffer data, int times) {
        for (int i = 0; i < times; i++) {
            file.write(context, 4096, data, 4096, false);
            file.read(context, 4096, data, 4096);
            file.sync(context);
        }
    }

    private static ByteBuffer filled(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, NEW);
        return ByteBuffer.wrap(bytes);
    }

    /** The bytes from {@code from} when {@code value} has been written over the old ones at {@code offset}. */
    private static byte[] expected(int from, int length, int offset, int count, byte value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, OLD);
        Arrays.fill(bytes, offset - from, offset - from + count, value);
        return bytes;
    }
}
