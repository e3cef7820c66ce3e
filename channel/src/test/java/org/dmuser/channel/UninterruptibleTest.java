package org.dmuser.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class UninterruptibleTest {
    @AfterEach
    void forgetInterrupt() {
        Thread.interrupted();
    }

    @Test
    void shouldWaitOnAndTellAfterwardsWhenInterrupted() {
        CountDownLatch ended = new CountDownLatch(1);
        int[] waits = {0};
        Thread.currentThread().interrupt();
        boolean answer = Uninterruptible.await(() -> {
            waits[0]++;
            if (waits[0] > 1) {
                ended.countDown();
            }
            ended.await();
            return false;
        });
        assertFalse(answer);
        assertEquals(2, waits[0]);
        assertTrue(Thread.currentThread().isInterrupted());
    }

    @Test
    void shouldReturnOnlyWhenTheThreadHasEnded() {
        Thread waiting = Thread.currentThread();
        Thread thread = new Thread(() -> {
            waiting.interrupt();
            // Until the interrupt has been taken by who waits.
            while (waiting.isInterrupted()) {
                Thread.onSpinWait();
            }
        });
        thread.start();
        Uninterruptible.join(thread);
        assertFalse(thread.isAlive());
        assertTrue(waiting.isInterrupted());
    }
}
