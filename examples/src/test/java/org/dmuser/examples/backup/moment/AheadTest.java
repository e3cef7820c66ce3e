package org.dmuser.examples.backup.moment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AheadTest {
    private final BlockingQueue<Integer> kept = new LinkedBlockingQueue<>();

    @Test
    void shouldKeepWhatComesNextAndNothingBehindTheEnd() throws InterruptedException {
        try (Ahead ahead = new Ahead(Ahead.DISTANCE + 4, kept::add)) {
            ahead.passed(1);
            for (int chunk = 2; chunk < Ahead.DISTANCE + 2; chunk++) {
                assertEquals(chunk, kept.take());
            }
            ahead.passed(Ahead.DISTANCE + 2);
            assertEquals(Ahead.DISTANCE + 3, kept.take());
        }
        assertTrue(kept.isEmpty());
    }

    @Test
    void shouldKeepNothingOnceClosed() {
        Ahead ahead = new Ahead(10, kept::add);
        ahead.close();
        ahead.passed(1);
        assertTrue(kept.isEmpty());
    }
}
