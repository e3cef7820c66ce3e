package org.dmuser.channel;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class SleepWordTest {
    /** Longer than a test may take, so that nobody wakes up by himself. */
    private static final long SLEEP_MAX_NS = TimeUnit.HOURS.toNanos(1);

    private final UnsafeBuffer word = new UnsafeBuffer(ByteBuffer.allocateDirect(64));
    private final SleepWord sleep = new SleepWord(word, 0, Seats.ofProcess(), SLEEP_MAX_NS);
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
        assertTrue(Uninterrupted.join(sleeper, ChannelRig.limitNs()));
    }

    /** It has cleared the word, and was killed before it could wake anybody. */
    @Test
    void shouldReturnWhenWokenAfterProducerDied() {
        Thread sleeper = startSleeper();
        word.putIntVolatile(0, 0);
        work.set(true);
        sleep.wakeRegardless();
        assertTrue(Uninterrupted.join(sleeper, ChannelRig.limitNs()));
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
