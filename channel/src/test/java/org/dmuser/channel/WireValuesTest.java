package org.dmuser.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

/** The numbers of dm-user's header file, each once more. */
final class WireValuesTest {
    @Test
    void shouldNumberRequestsAsDmUserDoes() {
        assertEquals(0, RequestType.READ.wire());
        assertEquals(1, RequestType.WRITE.wire());
        assertEquals(2, RequestType.FLUSH.wire());
        assertEquals(3, RequestType.DISCARD.wire());
        assertEquals(4, RequestType.SECURE_ERASE.wire());
        assertEquals(5, RequestType.WRITE_SAME.wire());
        assertEquals(6, RequestType.WRITE_ZEROES.wire());
        assertEquals(7, RequestType.ZONE_OPEN.wire());
        assertEquals(8, RequestType.ZONE_CLOSE.wire());
        assertEquals(9, RequestType.ZONE_FINISH.wire());
        assertEquals(10, RequestType.ZONE_APPEND.wire());
        assertEquals(11, RequestType.ZONE_RESET.wire());
        assertEquals(12, RequestType.ZONE_RESET_ALL.wire());
        for (RequestType type : RequestType.values()) {
            assertEquals(type, RequestType.of(type.wire()));
        }
        assertNull(RequestType.of(13));
        assertNull(RequestType.of(-1));
        assertNull(RequestType.of(1L << 32));
    }

    @Test
    void shouldNumberResponsesAsDmUserDoes() {
        assertEquals(0, ResponseType.SUCCESS.wire());
        assertEquals(1, ResponseType.ERROR.wire());
        assertEquals(2, ResponseType.UNSUPPORTED.wire());
    }

    @Test
    void shouldTakeAnErrorNumberItDoesNotKnowForEio() {
        assertEquals(Errno.ENOSPC, Errno.of(28));
        assertEquals(Errno.EIO, Errno.of(133));
        assertEquals(Errno.EIO, Errno.of(-28));
        assertEquals(Errno.EIO, Errno.of(Integer.MAX_VALUE));
    }
}
