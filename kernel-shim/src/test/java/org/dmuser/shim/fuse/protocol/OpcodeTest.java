package org.dmuser.shim.fuse.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class OpcodeTest {
    @Test
    void shouldNameWhatItKnows() {
        assertEquals("FORGET", Opcode.name(Opcode.FORGET));
        assertEquals("SETATTR", Opcode.name(Opcode.SETATTR));
        assertEquals("READ", Opcode.name(Opcode.READ));
        assertEquals("FSYNC", Opcode.name(Opcode.FSYNC));
        assertEquals("FLUSH", Opcode.name(Opcode.FLUSH));
        assertEquals("INIT", Opcode.name(Opcode.INIT));
        assertEquals("DESTROY", Opcode.name(Opcode.DESTROY));
        assertEquals("FALLOCATE", Opcode.name(Opcode.FALLOCATE));
        assertEquals("COPY_FILE_RANGE_64", Opcode.name(53));
    }

    @Test
    void shouldGiveTheNumberOfWhatItDoesNotKnow() {
        assertEquals("opcode 0", Opcode.name(0));
        assertEquals("opcode 7", Opcode.name(7));
        assertEquals("opcode 54", Opcode.name(54));
        assertEquals("opcode 4294967295", Opcode.name(-1));
    }

    @Test
    void shouldKnowHowLongARequestIsAtLeast() {
        assertEquals(40, Opcode.bodyLength(Opcode.READ));
        assertEquals(40, Opcode.bodyLength(Opcode.WRITE));
        assertEquals(32, Opcode.bodyLength(Opcode.FALLOCATE));
        assertEquals(88, Opcode.bodyLength(Opcode.SETATTR));
        assertEquals(8, Opcode.bodyLength(Opcode.OPEN));
        assertEquals(16, Opcode.bodyLength(Opcode.INIT));
        assertEquals(0, Opcode.bodyLength(Opcode.STATFS));
    }
}
