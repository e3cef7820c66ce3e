package org.dmuser.channel;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class SleepWordTest {
    /** Less than the second after which a sleeper looks by itself. */
    private static final long SOON_NS = TimeUnit.MILLISECONDS.toNanos(700);

    private final UnsafeBuffer word = new UnsafeBuffer(ByteBuffer.allocateDirect(64));
    private final SleepWord sleep = new SleepWord(word, 0);
    private final AtomicBoolean work = new AtomicBoolean();

    @Test
    void shouldReturnWhenThereIsWork() {
        work.set(true);
        sleep.await(work::get);
    }

    @Test
    void shouldReturnWhenWoken() {
        Thread sleeper = startSleeper();
        work.set(true);
        sleep.wake();
        assertTrue(Uninterrupted.join(sleeper, SOON_NS));
    }

    /** It has cleared the word, and was killed before it could wake anybody. */
    @Test
    void shouldReturnWhenWokenAfterProducerDied() {
        Thread sleeper = startSleeper();
        word.putIntVolatile(0, 0);
        work.set(true);
        sleep.wakeRegardless();
        assertTrue(Uninterrupted.join(sleeper, SOON_NS));
    }

    private Thread startSleeper() {
        Thread sleeper = new Thread(() -> sleep.await(work::get));
        sleeper.start();
        while (word.getIntVolatile(0) == 0) {
            Thread.onSpinWait();
        }
        return sleeper;
    }
}
