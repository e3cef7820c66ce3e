package org.dmuser.shim.fuse.uring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.UnsafeApi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Payloads as the kernel has them, at an address, and as handlers do. */
final class PayloadMemoryTest {
    private static final int SIZE = 1024 * 1024;

    private final ByteBuffer vector = ByteBuffer.allocateDirect(1);
    private PayloadMemory memory;

    @BeforeEach
    void make() throws Exception {
        memory = new PayloadMemory(3, SIZE);
    }

    @AfterEach
    void close() {
        memory.close();
    }

    @Test
    void shouldBeTheSameOnBothSides() {
        UnsafeApi.putLong(memory.kernelAddress(1) + SIZE - 8, 7);
        assertEquals(7, getLong(memory.view(1), SIZE - 8));
        memory.view(2).order(ByteOrder.nativeOrder()).putLong(0, 8);
        assertEquals(8, UnsafeApi.getLong(memory.kernelAddress(2)));
        assertEquals(0, getLong(memory.view(0), 0));
    }

    @Test
    void shouldLeaveTheOldMemoryToWhoeverHasIt() throws Exception {
        ByteBuffer old = memory.view(1);
        UnsafeApi.putLong(memory.kernelAddress(1), 7);
        ByteBuffer renewed = memory.renew(1);
        assertEquals(0, UnsafeApi.getLong(memory.kernelAddress(1)));
        assertEquals(7, getLong(old, 0));
        old.order(ByteOrder.nativeOrder()).putLong(0, 9);
        assertEquals(0, getLong(renewed, 0));
        UnsafeApi.putLong(memory.kernelAddress(1), 10);
        assertEquals(10, getLong(renewed, 0));
        assertEquals(9, getLong(old, 0));
    }

    @Test
    void shouldKnowWhetherNewMemoryHasBeenTouched() throws Exception {
        UnsafeApi.putLong(memory.kernelAddress(1), 7);
        ByteBuffer renewed = memory.renew(1);
        assertFalse(memory.isTouched(1, vector));
        UnsafeApi.putLong(memory.kernelAddress(1) + 100, 7);
        assertTrue(memory.isTouched(1, vector));
        PayloadMemory.free(renewed);
        assertFalse(memory.isTouched(1, vector));
        assertEquals(0, UnsafeApi.getLong(memory.kernelAddress(1) + 100));
    }

    private static long getLong(ByteBuffer buffer, int index) {
        return buffer.order(ByteOrder.nativeOrder()).getLong(index);
    }
}
