package org.dmuser.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DirectChannelTest {
    /**
     * A handler on threads of its own, and a clock that lets messages expire at any moment; but for some of them it
     * stands still, or on some machines none would ever be answered in time.
     */
    @Test
    void shouldAnswerOnlyWhatWasAskedWhileMessagesExpireBesideIt() throws Exception {
        MessageQueue queue = new MessageQueue();
        ExecutorService threads = Executors.newFixedThreadPool(3);
        AtomicBoolean stop = new AtomicBoolean();
        AtomicBoolean standsStill = new AtomicBoolean();
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        DirectChannel.open(queue, "test", DirectChannelTest::answerItsNumber, threads, failures::add);
        Thread timer = new Thread(() -> {
            for (long now = 0; !stop.get(); now += standsStill.get() ? 0 : 1) {
                queue.expire(now, 3, (handler, message) -> {});
                Thread.yield();
            }
        });
        timer.start();
        try {
            Effort effort = new Effort();
            for (int i = 0; i < 20_000 && (i < 10 || effort.isLeft()); i++) {
                standsStill.set(i % 10 == 0);
                Submitted read = Submitted.read(queue, i, 512);
                if (read.status() == Errno.OK) {
                    assertEquals(i, ByteBuffer.wrap(read.data()).getLong());
                } else {
                    read.assertStatus(Errno.ETIMEDOUT);
                    assertFalse(standsStill.get(), "it expires though no time passes");
                }
            }
        } finally {
            stop.set(true);
            timer.join();
            threads.shutdown();
            assertTrue(threads.awaitTermination(ChannelRig.limitNs(), TimeUnit.NANOSECONDS));
            queue.destroy();
        }
        assertEquals(List.of(), List.copyOf(failures));
    }

    /** Whose end brings the next one, on a stack that has an end, too. */
    @Test
    void shouldServeAnyNumberOfWaitingMessagesFromInsideTheDelivery() throws Exception {
        MessageQueue queue = new MessageQueue();
        List<Submitted> flushes = new ArrayList<>();
        for (int i = 0; i < 50_000; i++) {
            flushes.add(Submitted.submit(queue, RequestType.FLUSH, 0, 0, 0, null));
        }
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        DirectChannel.open(queue, message -> message.answer(ResponseType.SUCCESS, Errno.OK), failures::add);
        for (Submitted flush : flushes) {
            flush.assertStatus(Errno.OK);
        }
        assertEquals(List.of(), List.copyOf(failures));
        queue.destroy();
    }

    /** Who has answered may have more to do, and may look at what he was given. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldKeepTheSlotUntilTheHandlerHasReturned(boolean answersItself) throws Exception {
        MessageQueue queue = new MessageQueue();
        List<Long> sectors = new ArrayList<>();
        DirectChannel channel = DirectChannel.open(
                queue,
                message -> {
                    long sector = message.sector();
                    answer(message, answersItself);
                    if (sector % 2 == 0) {
                        Submitted.submit(queue, RequestType.FLUSH, 0, sector + 1, 0, null);
                    }
                    sectors.add(message.sector());
                },
                failure -> {
                    throw new AssertionError(failure);
                });
        List<Long> expected = new ArrayList<>();
        for (long sector = 0; sector < 2000; sector += 2) {
            Submitted.submit(queue, RequestType.FLUSH, 0, sector, 0, null).assertStatus(Errno.OK);
            expected.addAll(List.of(sector + 1, sector));
        }
        assertEquals(expected, sectors);
        assertEquals(0, channel.load());
        queue.destroy();
    }

    private static void answer(DeliveredMessage message, boolean here) {
        if (here) {
            message.answer(ResponseType.SUCCESS, Errno.OK);
            return;
        }
        Thread other = new Thread(() -> message.answer(ResponseType.SUCCESS, Errno.OK));
        other.start();
        assertTrue(Uninterrupted.join(other, ChannelRig.limitNs()));
    }

    private static void answerItsNumber(DeliveredMessage message) {
        long sector = message.sector();
        Thread.yield();
        message.payload().putLong(0, sector);
        message.answer(ResponseType.SUCCESS, Errno.OK);
    }
}
