package org.dmuser.shim.os;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.BitSet;
import org.dmuser.channel.Errno;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Of the thread that runs the tests, which goes back to where it was allowed to run. */
class ProcessorsTest {
    /** The kernel may move a thread back at once, as often as it likes. */
    private static final int TRIES = 1000;

    private BitSet before;

    @BeforeEach
    void setUp() {
        before = Processors.allowed();
    }

    @AfterEach
    void tearDown() {
        Processors.allow(before);
        assertEquals(before, Processors.allowed());
    }

    @Test
    void shouldKeepAThreadOnOne() {
        int last = before.length() - 1;
        assertEquals(Errno.OK, Processors.pinTo(last));
        assertEquals(last, Processors.current());
        BitSet one = new BitSet();
        one.set(last);
        assertEquals(one, Processors.allowed());
    }

    @Test
    void shouldMoveAThreadAndKeepItNowhere() {
        assumeTrue(before.cardinality() > 1, "needs two processors");
        int here = Processors.current();
        int tries = 0;
        while (Processors.current() == here && tries++ < TRIES) {
            Processors.leave(here);
        }
        assertTrue(tries <= TRIES, "still on processor " + here);
        assertEquals(before, Processors.allowed());
    }

    @Test
    void shouldStayWhereThereIsNoOther() {
        int last = before.length() - 1;
        Processors.pinTo(last);
        Processors.leave(last);
        assertEquals(last, Processors.current());
    }
}
