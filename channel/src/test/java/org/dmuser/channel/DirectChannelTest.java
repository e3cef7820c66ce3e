package org.dmuser.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class DirectChannelTest extends ChannelContract {
    @Override
    ChannelRig open() {
        return new DirectChannelRig();
    }

    @Override
    boolean ordersDeliveries() {
        return false;
    }

    /** A handler on threads of its own, and a clock that lets messages expire at any moment. */
    @Test
    void shouldAnswerOnlyWhatWasAskedWhileMessagesExpireBesideIt() throws Exception {
        MessageQueue queue = new MessageQueue();
        ExecutorService threads = Executors.newFixedThreadPool(3);
        AtomicBoolean stop = new AtomicBoolean();
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        DirectChannel.open(queue, "test", DirectChannelTest::answerItsNumber, threads, failures::add);
        Thread timer = new Thread(() -> {
            for (long now = 0; !stop.get(); now++) {
                queue.expire(now, 3, (handler, message) -> {});
                Thread.yield();
            }
        });
        timer.start();
        int answered = 0;
        try {
            for (int i = 0; i < 20_000; i++) {
                Submitted read = Submitted.read(queue, i, 512);
                if (read.status() == Errno.OK) {
                    assertEquals(i, ByteBuffer.wrap(read.data()).getLong());
                    answered++;
                } else {
                    read.assertStatus(Errno.ETIMEDOUT);
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
        assertTrue(answered > 0, "all have expired");
    }

    private static void answerItsNumber(DeliveredMessage message) {
        long sector = message.sector();
        Thread.yield();
        message.payload().putLong(0, sector);
        message.answer(ResponseType.SUCCESS, Errno.OK);
    }
}
