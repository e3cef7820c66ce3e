package org.dmuser.shim.fuse.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.agrona.BufferUtil;
import org.junit.jupiter.api.Test;

/**
 * Every field is where the kernel's header has it: the sizes and offsets here are those that a C compiler gives for
 * {@code linux/fuse.h}.
 */
final class LayoutTest {
    private final ByteBuffer memory = ByteBuffer.allocateDirect(128).order(ByteOrder.nativeOrder());
    private final long address = BufferUtil.address(memory);

    @Test
    void shouldReadTheHeaderOfARequest() {
        assertEquals(40, InHeader.LENGTH);
        memory.putInt(0, 4096 + 80).putInt(4, 16).putLong(8, 0x1234567890L).putInt(32, 4711);
        assertEquals(4096 + 80, InHeader.len(address));
        assertEquals(Opcode.WRITE, InHeader.opcode(address));
        assertEquals(0x1234567890L, InHeader.unique(address));
        assertEquals(4711, InHeader.pid(address));
    }

    @Test
    void shouldWriteTheHeaderOfAnAnswer() {
        assertEquals(16, OutHeader.LENGTH);
        fill();
        OutHeader.putOk(address, 0x1234567890L, 104);
        assertEquals(120, memory.getInt(0));
        assertEquals(0, memory.getInt(4));
        assertEquals(0x1234567890L, memory.getLong(8));
        OutHeader.putError(address, 7, 5);
        assertEquals(16, memory.getInt(0));
        assertEquals(-5, memory.getInt(4));
        assertEquals(7, memory.getLong(8));
        assertUntouchedFrom(16);
    }

    @Test
    void shouldReadTheTransfers() {
        assertEquals(40, ReadIn.LENGTH);
        assertEquals(40, WriteIn.LENGTH);
        memory.putLong(8, 1L << 40).putInt(16, 1 << 20).putInt(20, 2).putInt(32, 010001);
        assertEquals(1L << 40, ReadIn.offset(address));
        assertEquals(1 << 20, ReadIn.size(address));
        assertEquals(1L << 40, WriteIn.offset(address));
        assertEquals(1 << 20, WriteIn.size(address));
        assertEquals(010001, WriteIn.flags(address));
    }

    @Test
    void shouldReadAndWriteAnEntryOfARing() {
        ByteBuffer entry = ByteBuffer.allocateDirect(288).order(ByteOrder.nativeOrder());
        long at = BufferUtil.address(entry);
        assertEquals(288, RingEntry.LENGTH);
        assertEquals(at + 128, RingEntry.body(at));
        entry.putLong(264, 0x1234567890L).putInt(272, 4096);
        assertEquals(0x1234567890L, RingEntry.commitId(at));
        assertEquals(4096, RingEntry.payloadLength(at));
        RingEntry.putPayloadLength(at, 7);
        assertEquals(7, entry.getInt(272));
        assertEquals(0, entry.getInt(276));
    }

    @Test
    void shouldWriteACommandToARing() {
        fill();
        RingCommand.putQueue(address, 0x0102);
        RingCommand.putCommitId(address, 0x1234567890L);
        assertEquals(0x1234567890L, memory.getLong(8));
        assertEquals(0x0102, memory.getShort(16));
        assertUntouchedFrom(18);
    }

    @Test
    void shouldWriteHowMuchWasWritten() {
        assertEquals(8, WriteOut.LENGTH);
        fill();
        WriteOut.put(address, 4096);
        assertEquals(4096, memory.getInt(0));
        assertEquals(0, memory.getInt(4));
        assertUntouchedFrom(8);
    }

    @Test
    void shouldReadAndAnswerAnOpen() {
        assertEquals(8, OpenIn.LENGTH);
        assertEquals(16, OpenOut.LENGTH);
        memory.putInt(0, 2);
        assertEquals(2, OpenIn.flags(address));
        fill();
        OpenOut.put(address, OpenOut.DIRECT_IO | OpenOut.PARALLEL_DIRECT_WRITES);
        assertEquals(0, memory.getLong(0));
        assertEquals(0x41, memory.getInt(8));
        assertEquals(0, memory.getInt(12));
        assertUntouchedFrom(16);
    }

    @Test
    void shouldReadAFallocate() {
        assertEquals(32, FallocateIn.LENGTH);
        memory.putLong(8, 1L << 33).putLong(16, 1L << 34).putInt(24, 3);
        assertEquals(1L << 33, FallocateIn.offset(address));
        assertEquals(1L << 34, FallocateIn.length(address));
        assertEquals(3, FallocateIn.mode(address));
    }

    @Test
    void shouldReadASetattr() {
        assertEquals(88, SetattrIn.LENGTH);
        memory.putInt(0, ~8).putLong(16, 1L << 35);
        assertFalse(SetattrIn.setsSize(address));
        memory.putInt(0, 8);
        assertTrue(SetattrIn.setsSize(address));
        assertEquals(1L << 35, SetattrIn.size(address));
    }

    @Test
    void shouldWriteAttributes() {
        assertEquals(104, AttrOut.LENGTH);
        fill();
        AttrOut.clear(address);
        AttrOut.putSize(address, 1L << 30);
        AttrOut.putBlockSize(address, 4096);
        AttrOut.putTimes(address, 1_700_000_000L);
        AttrOut.putMode(address, 0100600);
        AttrOut.putOwner(address, 1000, 1001);
        ByteBuffer expected = expected(104);
        expected.putLong(16, 1)
                .putLong(16 + 8, 1L << 30)
                .putLong(16 + 16, 1L << 21)
                .putLong(16 + 24, 1_700_000_000L)
                .putLong(16 + 32, 1_700_000_000L)
                .putLong(16 + 40, 1_700_000_000L)
                .putInt(16 + 60, 0100600)
                .putInt(16 + 64, 1)
                .putInt(16 + 68, 1000)
                .putInt(16 + 72, 1001)
                .putInt(16 + 80, 4096);
        assertEquals(expected, memory.slice(0, 104));
        assertUntouchedFrom(104);
    }

    @Test
    void shouldWriteAFileSystem() {
        assertEquals(80, StatfsOut.LENGTH);
        fill();
        StatfsOut.put(address, 1L << 40, 4096);
        ByteBuffer expected = expected(80);
        expected.putLong(0, 1L << 40).putLong(24, 1).putInt(40, 4096).putInt(48, 4096);
        assertEquals(expected, memory.slice(0, 80));
        assertUntouchedFrom(80);
    }

    @Test
    void shouldReadAnOffer() {
        memory.putInt(0, 7)
                .putInt(4, 45)
                .putInt(8, 131072)
                .putInt(12, 0xc0000001)
                .putInt(16, 0x80000010);
        assertEquals(new InitOffer(7, 45, 131072, 0x8000_0010_c000_0001L), InitOffer.read(address, 64));
        // Of an older kernel, whose INIT ends before flags2.
        assertEquals(new InitOffer(7, 45, 131072, 0xc000_0001L), InitOffer.read(address, 16));
    }

    @Test
    void shouldWriteAnAgreement() {
        assertEquals(64, InitOut.LENGTH);
        fill();
        InitOut.put(address, new Agreement(45, 131072, 0x8000_0010_c000_0001L, 1 << 20, 256, 60));
        ByteBuffer expected = expected(64);
        expected.putInt(0, 7)
                .putInt(4, 45)
                .putInt(8, 131072)
                .putInt(12, 0xc0000001)
                .putShort(16, (short) 256)
                .putShort(18, (short) 192)
                .putInt(20, 1 << 20)
                .putInt(24, 1)
                .putShort(28, (short) 256)
                .putInt(32, 0x80000010)
                .putShort(40, (short) 60);
        assertEquals(expected, memory.slice(0, 64));
        assertUntouchedFrom(64);
    }

    @Test
    void shouldWriteOnlyTheVersion() {
        fill();
        InitOut.putVersion(address);
        ByteBuffer expected = expected(64);
        expected.putInt(0, 7).putInt(4, 45);
        assertEquals(expected, memory.slice(0, 64));
    }

    private static ByteBuffer expected(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.nativeOrder());
    }

    private void fill() {
        byte[] bytes = new byte[memory.capacity()];
        Arrays.fill(bytes, (byte) 0x5a);
        memory.put(0, bytes);
    }

    private void assertUntouchedFrom(int index) {
        for (int i = index; i < memory.capacity(); i++) {
            assertEquals(0x5a, memory.get(i), "byte " + i);
        }
    }
}
