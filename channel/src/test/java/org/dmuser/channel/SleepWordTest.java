package org.dmuser.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class SleepWordTest {
    /** Longer than a test may take, so that nobody wakes up by himself. */
    private static final long SLEEP_MAX_NS = TimeUnit.HOURS.toNanos(1);

    private static final int LOOKED_AFTER = 2;
    private static final int ITEMS = 20_000;

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

    @Test
    void shouldSleepOnWhileSomebodyLooksAndBeWokenForWhatHeLeaves() {
        sleep.beginLooking();
        Thread sleeper = startSleeper();
        work.set(true);
        sleep.wake();
        assertEquals(LOOKED_AFTER, word.getIntVolatile(0));
        sleep.endLooking(work::get);
        assertTrue(Uninterrupted.join(sleeper, ChannelRig.limitNs()));
    }

    @Test
    void shouldBeWokenForWhatComesWhenNobodyLooksAnyMore() {
        Thread sleeper = startSleeper();
        sleep.beginLooking();
        sleep.endLooking(work::get);
        work.set(true);
        sleep.wake();
        assertTrue(Uninterrupted.join(sleeper, ChannelRig.limitNs()));
    }

    @Test
    void shouldBeLookedAfterUntilTheLastHasLeft() {
        sleep.beginLooking();
        sleep.beginLooking();
        Thread sleeper = startSleeper();
        sleep.endLooking(work::get);
        assertEquals(LOOKED_AFTER, word.getIntVolatile(0));
        work.set(true);
        sleep.endLooking(work::get);
        assertTrue(Uninterrupted.join(sleeper, ChannelRig.limitNs()));
    }

    /** There are things that nobody but the consumer looks for. */
    @Test
    void shouldReturnWhenWokenRegardlessOfWhoLooks() {
        sleep.beginLooking();
        Thread sleeper = startSleeper();
        work.set(true);
        sleep.wakeRegardless();
        assertTrue(Uninterrupted.join(sleeper, ChannelRig.limitNs()));
        sleep.endLooking(work::get);
    }

    /** A wake-up that is lost is not made up for: a producer waits for what it has produced to be consumed. */
    @Test
    void shouldLoseNoWakeUpWhileOthersComeAndGo() {
        AtomicInteger items = new AtomicInteger();
        AtomicBoolean done = new AtomicBoolean();
        Effort effort = new Effort();
        Thread consumer = new Thread(() -> {
            while (!done.get()) {
                if (!takeOne(items)) {
                    sleep.await(() -> items.get() > 0 || done.get());
                }
            }
        });
        List<Thread> lookers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            lookers.add(new Thread(() -> comeAndGo(items, done)));
        }
        Thread producer = new Thread(() -> {
            for (int i = 0; i < ITEMS && effort.isLeft(); i++) {
                items.incrementAndGet();
                sleep.wake();
                while (items.get() > 0) {
                    Thread.yield();
                }
            }
        });
        consumer.start();
        lookers.forEach(Thread::start);
        producer.start();
        boolean all = Uninterrupted.join(producer, ChannelRig.limitNs());
        done.set(true);
        sleep.wakeRegardless();
        lookers.forEach(looker -> Uninterrupted.join(looker, ChannelRig.limitNs()));
        assertTrue(all, () -> "an item is left: " + items + ", and nobody is woken for it");
        sleep.wakeRegardless();
        assertTrue(Uninterrupted.join(consumer, ChannelRig.limitNs()));
    }

    private void comeAndGo(AtomicInteger items, AtomicBoolean done) {
        SplittableRandom random = new SplittableRandom(Thread.currentThread().getId());
        while (!done.get()) {
            sleep.beginLooking();
            for (int looks = random.nextInt(20); looks > 0; looks--) {
                takeOne(items);
                Thread.onSpinWait();
            }
            sleep.endLooking(() -> items.get() > 0);
            for (int pauses = random.nextInt(200); pauses > 0; pauses--) {
                Thread.yield();
            }
        }
    }

    private static boolean takeOne(AtomicInteger items) {
        int count = items.get();
        return count > 0 && items.compareAndSet(count, count - 1);
    }

    private Thread startSleeper() {
        Thread sleeper = new Thread(() -> sleep.await(work::get));
        sleeper.start();
        // In the kernel, or about to be: whoever looks keeps the word as it would be then.
        while (word.getIntVolatile(0) == 0 || sleeper.getState() != Thread.State.RUNNABLE) {
            Thread.onSpinWait();
        }
        return sleeper;
    }
}
