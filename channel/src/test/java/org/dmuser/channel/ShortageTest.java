package org.dmuser.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ShortageTest {
    private static final long NOW_NS = Long.MAX_VALUE - 5;

    private final Shortage shortage = new Shortage();

    @BeforeEach
    void begin() {
        shortage.begin(4096, Errno.ENOSPC, NOW_NS);
    }

    @Test
    void shouldKnowOfNoneWhenThereWasNone() {
        assertEquals(Errno.OK, new Shortage().answerTo(1L << 40, NOW_NS));
    }

    @Test
    void shouldAnswerToThoseWhoWantAsMuchForAWhile() {
        assertEquals(Errno.ENOSPC, shortage.answerTo(4096, NOW_NS));
        assertEquals(Errno.ENOSPC, shortage.answerTo(8192, NOW_NS + Shortage.PAUSE_NS - 1));
        assertEquals(Errno.OK, shortage.answerTo(4096, NOW_NS + Shortage.PAUSE_NS));
    }

    @Test
    void shouldLetThoseAskWhoWantLess() {
        assertEquals(Errno.OK, shortage.answerTo(4095, NOW_NS));
    }

    @Test
    void shouldBeginAnewWithTheLastOne() {
        shortage.begin(512, Errno.EINTR, NOW_NS + 7);
        assertEquals(Errno.EINTR, shortage.answerTo(512, NOW_NS + Shortage.PAUSE_NS + 6));
        assertEquals(Errno.OK, shortage.answerTo(512, NOW_NS + Shortage.PAUSE_NS + 7));
    }

    @Test
    void shouldKnowNothingAfterItsEnd() {
        shortage.end();
        assertEquals(Errno.OK, shortage.answerTo(4096, NOW_NS));
    }
}
