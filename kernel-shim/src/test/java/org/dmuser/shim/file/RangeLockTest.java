package org.dmuser.shim.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RangeLockTest {
    private static final long MIB = 1 << 20;

    private final RangeLock lock = new RangeLock();

    @Test
    void shouldCoverEveryAreaOfARange() {
        assertEquals(1, RangeLock.mask(0, 1));
        assertEquals(1, RangeLock.mask(0, MIB));
        assertEquals(3, RangeLock.mask(MIB - 1, 2));
        assertEquals(1L << 63 | 1, RangeLock.mask(64 * MIB - 1, 2));
        assertEquals(4, RangeLock.mask(66 * MIB, 512));
        assertEquals(-1, RangeLock.mask(5, 64 * MIB));
        assertEquals(-1, RangeLock.mask(0, Long.MAX_VALUE));
    }

    @Test
    void shouldLetSharedOnesInTogetherAndOthersElsewhere() {
        long first = lock.lockShared(0, 512);
        long second = lock.lockShared(0, 512);
        long elsewhere = lock.lockExclusive(MIB, 512);
        lock.unlockShared(first);
        lock.unlockExclusive(elsewhere);
        lock.unlockShared(second);
        lock.unlockExclusive(lock.lockExclusive(0, 128 * MIB));
    }

    @Test
    void shouldLockNothingOfARangeItWouldHaveToWaitFor() {
        long held = lock.lockExclusive(3 * MIB, 512);
        assertFalse(lock.tryLockShared(0, 8 * MIB));
        // Those before and behind are free for one alone.
        lock.unlockExclusive(lock.lockExclusive(0, 3 * MIB));
        lock.unlockExclusive(lock.lockExclusive(4 * MIB, 4 * MIB));
        lock.unlockExclusive(held);
        assertTrue(lock.tryLockShared(0, 8 * MIB));
        assertTrue(lock.tryLockShared(0, 8 * MIB));
        lock.unlockShared(RangeLock.mask(0, 8 * MIB));
        lock.unlockShared(RangeLock.mask(0, 8 * MIB));
        lock.unlockExclusive(lock.lockExclusive(0, 64 * MIB));
    }

    @Test
    void shouldNotGetAheadOfAnExclusiveOneThatWaits() throws Exception {
        long held = lock.lockShared(0, 512);
        Thread exclusive = started(() -> lock.unlockExclusive(lock.lockExclusive(0, 512)));
        awaitWaiting(exclusive);
        assertFalse(lock.tryLockShared(0, 512));
        lock.unlockShared(held);
        exclusive.join();
        assertTrue(lock.tryLockShared(0, 512));
    }

    @Test
    void shouldKeepAnExclusiveOneAndThoseBehindItWaitingForTheSharedOne() throws Exception {
        long first = lock.lockShared(0, 512);
        AtomicReference<String> order = new AtomicReference<>("");
        Thread exclusive = started(() -> {
            long held = lock.lockExclusive(0, 512);
            order.accumulateAndGet("exclusive ", String::concat);
            lock.unlockExclusive(held);
        });
        awaitWaiting(exclusive);
        Thread shared = started(() -> {
            long held = lock.lockShared(0, 512);
            order.accumulateAndGet("shared ", String::concat);
            lock.unlockShared(held);
        });
        awaitWaiting(shared);
        assertEquals("", order.get());
        lock.unlockShared(first);
        exclusive.join();
        shared.join();
        assertTrue(order.get().contains("exclusive") && order.get().contains("shared"), order::get);
    }

    @Test
    void shouldKeepAnInterruptForLater() throws Exception {
        long held = lock.lockExclusive(0, 512);
        AtomicReference<Boolean> interrupted = new AtomicReference<>();
        Thread waiter = started(() -> {
            lock.unlockShared(lock.lockShared(0, 512));
            interrupted.set(Thread.interrupted());
        });
        awaitWaiting(waiter);
        waiter.interrupt();
        lock.unlockExclusive(held);
        waiter.join();
        assertEquals(true, interrupted.get());
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void shouldNeverHaveAnyoneBesideAnExclusiveOne(long seed) throws Exception {
        AtomicIntegerArray holders = new AtomicIntegerArray(80);
        List<Callable<Void>> tasks = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Random random = new Random(seed * 31 + i);
            tasks.add(() -> {
                for (int round = 0; round < 5000; round++) {
                    holdOnce(random, holders);
                }
                return null;
            });
        }
        ExecutorService executor = Executors.newFixedThreadPool(tasks.size());
        try {
            for (Future<Void> future : executor.invokeAll(tasks)) {
                future.get();
            }
        } finally {
            executor.shutdownNow();
        }
        lock.unlockExclusive(lock.lockExclusive(0, 64 * MIB));
    }

    private void holdOnce(Random random, AtomicIntegerArray holders) {
        int from = random.nextInt(74);
        int areas = 1 + random.nextInt(5);
        boolean exclusive = random.nextInt(3) == 0;
        int weight = exclusive ? 1000 : 1;
        long held = exclusive ? lock.lockExclusive(from * MIB, areas * MIB) : lock.lockShared(from * MIB, areas * MIB);
        for (int area = from; area < from + areas; area++) {
            int now = holders.addAndGet(area, weight);
            assertTrue(exclusive ? now == 1000 : now < 1000, () -> "holders: " + now);
        }
        for (int area = from; area < from + areas; area++) {
            holders.addAndGet(area, -weight);
        }
        if (exclusive) {
            lock.unlockExclusive(held);
        } else {
            lock.unlockShared(held);
        }
    }

    private static Thread started(Runnable task) {
        Thread thread = new Thread(task);
        thread.start();
        return thread;
    }

    private static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }
}
