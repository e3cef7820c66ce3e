package org.dmuser.examples.backup.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WriteGateTest {
    private final WriteGate gate = new WriteGate();

    @Test
    void shouldHaveNobodyInsideWithoutWrites() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger inside = new AtomicInteger();
        AtomicLong writes = new AtomicLong();
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Thread writer = new Thread(() -> {
                while (!stop.get()) {
                    int side = gate.enter();
                    inside.incrementAndGet();
                    writes.incrementAndGet();
                    inside.decrementAndGet();
                    gate.exit(side);
                }
            });
            writer.start();
            writers.add(writer);
        }
        while (writes.get() == 0) {
            Thread.onSpinWait();
        }
        int[] seen = new int[1];
        for (int i = 0; i < 2000; i++) {
            gate.withoutWrites(() -> seen[0] += inside.get());
            gate.awaitWrites();
        }
        stop.set(true);
        for (Thread writer : writers) {
            writer.join();
        }
        assertEquals(0, seen[0]);
    }

    @Test
    void shouldWaitForThoseInsideAndHoldUpNobody() throws Exception {
        int side = gate.enter();
        CountDownLatch waited = new CountDownLatch(1);
        Thread waiter = new Thread(() -> {
            gate.awaitWrites();
            waited.countDown();
        });
        waiter.start();
        while (waiter.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        gate.exit(gate.enter());
        assertEquals(1, waited.getCount());
        gate.exit(side);
        waiter.join();
        assertEquals(0, waited.getCount());
    }
}
