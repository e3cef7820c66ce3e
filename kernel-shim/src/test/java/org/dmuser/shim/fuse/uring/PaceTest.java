package org.dmuser.shim.fuse.uring;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** When handlers are slow. */
final class PaceTest {
    private static final int MIB = 1 << 20;

    private final Pace pace = new Pace();

    @Test
    void shouldBeSlowAfterSomeSlowServicesAndQuickAgainAfterSomeQuickOnes() {
        assertFalse(pace.isSlow());
        serve(20, 5_000_000, 4096);
        assertTrue(pace.isSlow());
        serve(60, 1_000, 4096);
        assertFalse(pace.isSlow());
    }

    @Test
    void shouldAllowForTheTimeItTakesToCopy() {
        serve(100, 600_000, MIB);
        assertFalse(pace.isSlow());
        serve(100, 900_000, MIB);
        assertTrue(pace.isSlow());
    }

    private void serve(int times, long ns, int bytes) {
        for (int i = 0; i < times; i++) {
            pace.served(ns, bytes);
        }
    }
}
