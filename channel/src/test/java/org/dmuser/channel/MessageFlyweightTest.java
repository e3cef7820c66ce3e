package org.dmuser.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

final class MessageFlyweightTest {
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[64]);

    @Test
    void shouldLayOutARequestAsDmUserDoes() {
        assumeTrue(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN, "the expected bytes are little endian");
        Message read = new Message((message, status) -> {});
        read.prepare(RequestType.READ, RequestFlags.SYNC, 16, 4096, ByteBuffer.allocate(4096))
                .number(0);
        MessageFlyweight.putRequest(buffer, 0, read);
        String expected =
                "0000000000000000" + "0000000000000000" + "0800000000000000" + "1000000000000000" + "0010000000000000";
        assertEquals(expected, HexFormat.of().formatHex(buffer.byteArray(), 0, MessageFlyweight.HEADER_LENGTH));
        assertEquals(40, MessageFlyweight.HEADER_LENGTH);
    }

    @Test
    void shouldReadBackWhatItWrote() {
        Message message = new Message((ended, status) -> {});
        message.prepare(RequestType.ZONE_RESET_ALL, 0x7ffff, Long.MAX_VALUE, 1L << 40, null)
                .number(77);
        MessageFlyweight.putRequest(buffer, 8, message);
        assertEquals(77, MessageFlyweight.seq(buffer, 8));
        assertEquals(12, MessageFlyweight.type(buffer, 8));
        assertEquals(0x7ffff, MessageFlyweight.flags(buffer, 8));
        assertEquals(Long.MAX_VALUE, MessageFlyweight.sector(buffer, 8));
        assertEquals(1L << 40, MessageFlyweight.length(buffer, 8));
    }

    @Test
    void shouldAnswerWithNumberAndResponseOnly() {
        buffer.setMemory(0, 64, (byte) 0xff);
        MessageFlyweight.putResponse(buffer, 0, 5, ResponseType.UNSUPPORTED.wire());
        assertEquals(5, MessageFlyweight.seq(buffer, 0));
        assertEquals(2, MessageFlyweight.type(buffer, 0));
        assertEquals(0, MessageFlyweight.flags(buffer, 0));
        assertEquals(0, MessageFlyweight.sector(buffer, 0));
        assertEquals(0, MessageFlyweight.length(buffer, 0));
    }
}
