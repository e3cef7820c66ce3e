package org.dmuser.channel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.dmuser.channel.ChannelRig.Daemon;
import org.dmuser.channel.ChannelRig.Taken;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What dm-user promises its daemons and its submitters, one test a promise, for every kind of channel. */
abstract class ChannelContract {
    private static final long LIMIT_NS = 1000;

    private final List<String> expired = new ArrayList<>();
    private ChannelRig rig;
    private MessageQueue queue;

    abstract ChannelRig open() throws Exception;

    @BeforeEach
    void openRig() throws Exception {
        rig = open();
        queue = rig.queue();
    }

    @AfterEach
    void closeRig() throws Exception {
        rig.close();
    }

    @Test
    void shouldNumberFromZeroAndDeliverInThatOrder() throws Exception {
        Daemon daemon = rig.attach();
        for (long seq = 0; seq < 1000; seq++) {
            Submitted read = Submitted.read(queue, seq, 512);
            Taken taken = daemon.next();
            assertEquals(seq, taken.seq());
            assertEquals(seq, taken.sector());
            taken.succeed();
            read.assertStatus(Errno.OK);
        }
    }

    @Test
    void shouldCarryEveryFieldOfTheHeader() throws Exception {
        Daemon daemon = rig.attach();
        long flags = RequestFlags.FUA | RequestFlags.SYNC | RequestFlags.SWAP;
        Submitted.submit(queue, RequestType.WRITE, flags, 0x1_0000_0001L, 1024, new byte[1024]);
        Taken taken = daemon.next();
        assertEquals(RequestType.WRITE.wire(), taken.type());
        assertEquals(flags, taken.flags());
        assertEquals(0x1_0000_0001L, taken.sector());
        assertEquals(1024, taken.length());
        taken.succeed();
    }

    @ParameterizedTest
    @EnumSource(RequestType.class)
    void shouldDeliverAndEndEveryType(RequestType type) throws Exception {
        Daemon daemon = rig.attach();
        Submitted submitted = Submitted.submit(queue, type, 0, 8, 4096, null);
        Taken taken = daemon.next();
        assertEquals(type.wire(), taken.type());
        assertEquals(4096, taken.length());
        assertEquals(type == RequestType.READ || type == RequestType.WRITE ? 4096 : 0, taken.payload().length);
        taken.succeed();
        submitted.assertStatus(Errno.OK);
    }

    @Test
    void shouldCarryWrittenDataDownAndReadDataUp() throws Exception {
        Daemon daemon = rig.attach();
        byte[] written = random(1, 8192);
        Submitted write = Submitted.write(queue, 0, written);
        Taken taken = daemon.next();
        assertArrayEquals(written, taken.payload());
        taken.succeed();
        write.assertStatus(Errno.OK);
        byte[] stored = random(2, 8192);
        Submitted read = Submitted.read(queue, 0, 8192);
        daemon.next().succeedWith(stored);
        read.assertStatus(Errno.OK);
        assertArrayEquals(stored, read.data());
    }

    @Test
    void shouldAcceptAnswersInAnyOrder() throws Exception {
        Daemon daemon = rig.attach();
        List<Submitted> reads = new ArrayList<>();
        List<Taken> taken = new ArrayList<>();
        for (int i = 0; i < rig.beginMax(); i++) {
            reads.add(Submitted.read(queue, i, 512));
            taken.add(daemon.next());
        }
        long seed = System.nanoTime();
        Collections.shuffle(taken, new Random(seed));
        for (Taken message : taken) {
            message.succeedWith(random(message.sector(), 512));
        }
        for (int i = 0; i < reads.size(); i++) {
            reads.get(i).assertStatus(Errno.OK);
            assertArrayEquals(random(i, 512), reads.get(i).data(), "seed " + seed);
        }
    }

    @Test
    void shouldCarryAMessageWithoutLength() throws Exception {
        Daemon daemon = rig.attach();
        Submitted flush = Submitted.submit(queue, RequestType.WRITE, RequestFlags.PREFLUSH, 0, 0, null);
        Taken taken = daemon.next();
        assertEquals(0, taken.length());
        assertEquals(RequestFlags.PREFLUSH, taken.flags());
        assertEquals(0, taken.payload().length);
        taken.succeed();
        flush.assertStatus(Errno.OK);
    }

    @Test
    void shouldCarryTheLargestPayloadBothWays() throws Exception {
        Daemon daemon = rig.attach();
        byte[] content = random(3, MessageQueue.PAYLOAD_MAX);
        for (int i = 0; i < 3; i++) {
            Submitted write = Submitted.write(queue, 0, content);
            Taken taken = daemon.next();
            assertArrayEquals(content, taken.payload());
            taken.succeed();
            write.assertStatus(Errno.OK);
            Submitted read = Submitted.read(queue, 0, MessageQueue.PAYLOAD_MAX);
            daemon.next().succeedWith(content);
            read.assertStatus(Errno.OK);
            assertArrayEquals(content, read.data());
        }
    }

    @Test
    void shouldCarryARangeLargerThanAnyPayload() throws Exception {
        Daemon daemon = rig.attach();
        Submitted discard = Submitted.submit(queue, RequestType.DISCARD, 0, 0, 1L << 40, null);
        Taken taken = daemon.next();
        assertEquals(1L << 40, taken.length());
        taken.succeed();
        discard.assertStatus(Errno.OK);
    }

    @Test
    void shouldTurnAnErrorIntoEioUnlessItSaysWhich() throws Exception {
        Daemon daemon = rig.attach();
        assertAnswer(daemon, ResponseType.ERROR, Errno.OK, Errno.EIO);
        assertAnswer(daemon, ResponseType.UNSUPPORTED, Errno.OK, Errno.EIO);
        assertAnswer(daemon, ResponseType.ERROR, Errno.ENOSPC, Errno.ENOSPC);
        assertAnswer(daemon, ResponseType.UNSUPPORTED, Errno.EOPNOTSUPP, Errno.EOPNOTSUPP);
        assertAnswer(daemon, ResponseType.SUCCESS, Errno.ENOSPC, Errno.OK);
    }

    private void assertAnswer(Daemon daemon, ResponseType response, Errno errno, Errno expected) throws Exception {
        Submitted read = Submitted.read(queue, 0, 512);
        daemon.next().message().answer(response, errno);
        read.assertStatus(expected);
    }

    @Test
    void shouldRefuseASecondAnswer() throws Exception {
        Daemon daemon = rig.attach();
        Submitted read = Submitted.read(queue, 0, 512);
        Taken taken = daemon.next();
        taken.succeed();
        read.assertStatus(Errno.OK);
        assertThrows(IllegalStateException.class, taken::succeed);
        Submitted next = Submitted.read(queue, 0, 512);
        daemon.next().succeed();
        next.assertStatus(Errno.OK);
    }

    @Test
    void shouldKeepMessagesUntilADaemonComes() throws Exception {
        List<Submitted> reads = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            reads.add(Submitted.read(queue, i, 512));
        }
        assertEquals(10, queue.undelivered());
        assertTrue(reads.stream().noneMatch(Submitted::isEnded));
        Daemon daemon = rig.attach();
        for (int i = 0; i < 10; i++) {
            Taken taken = daemon.next();
            assertEquals(i, taken.seq());
            taken.succeed();
            reads.get(i).assertStatus(Errno.OK);
        }
    }

    @Test
    void shouldServeAnyNumberOfWaitingMessagesFromInsideTheDelivery() throws Exception {
        int count = 50_000;
        List<Submitted> flushes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            flushes.add(Submitted.submit(queue, RequestType.FLUSH, 0, 0, 0, null));
        }
        Daemon daemon = rig.attach();
        for (int i = 0; i < count; i++) {
            daemon.next().succeed();
        }
        for (Submitted flush : flushes) {
            flush.assertStatus(Errno.OK);
        }
    }

    @Test
    void shouldFailWhatWasBegunAndKeepTheRestWhenAChannelCloses() throws Exception {
        Daemon first = rig.attach();
        List<Submitted> begun = new ArrayList<>();
        for (int i = 0; i < rig.beginMax(); i++) {
            begun.add(Submitted.read(queue, i, 512));
        }
        for (int i = 0; i < rig.beginMax(); i++) {
            first.next();
        }
        List<Submitted> waiting = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            waiting.add(Submitted.read(queue, 1000 + i, 512));
        }
        assertNull(first.nextNow());
        first.close();
        for (Submitted read : begun) {
            read.assertStatus(Errno.EIO);
        }
        assertTrue(waiting.stream().noneMatch(Submitted::isEnded));
        Daemon second = rig.attach();
        for (int i = 0; i < 5; i++) {
            Taken taken = second.next();
            assertEquals(rig.beginMax() + i, taken.seq());
            taken.succeed();
            waiting.get(i).assertStatus(Errno.OK);
        }
    }

    @Test
    void shouldDropAnAnswerThatComesAfterTheEnd() throws Exception {
        Daemon daemon = rig.attach();
        Submitted read = Submitted.read(queue, 0, 512);
        Taken taken = daemon.next();
        daemon.close();
        read.assertStatus(Errno.EIO);
        taken.succeed();
        read.assertStatus(Errno.EIO);
    }

    @Test
    void shouldDeliverEachMessageOnOneChannelOnly() throws Exception {
        List<Daemon> daemons = List.of(rig.attach(), rig.attach(), rig.attach());
        boolean[] seen = new boolean[30];
        List<Submitted> reads = new ArrayList<>();
        for (int i = 0; i < seen.length; i++) {
            reads.add(Submitted.read(queue, i, 512));
        }
        for (int count = 0; count < seen.length; ) {
            for (Daemon daemon : daemons) {
                Taken taken = daemon.nextNow();
                if (taken != null) {
                    assertFalse(seen[(int) taken.seq()], "delivered once");
                    seen[(int) taken.seq()] = true;
                    taken.succeed();
                    count++;
                }
            }
            Thread.onSpinWait();
        }
        for (Submitted read : reads) {
            read.assertStatus(Errno.OK);
        }
    }

    @Test
    void shouldGiveWhatABusyDaemonHasNoRoomForToAnother() throws Exception {
        Daemon busy = rig.attach();
        List<Submitted> begun = new ArrayList<>();
        for (int i = 0; i < rig.beginMax(); i++) {
            begun.add(Submitted.read(queue, i, 512));
        }
        List<Taken> held = new ArrayList<>();
        for (int i = 0; i < rig.beginMax(); i++) {
            held.add(busy.next());
        }
        Submitted behind = Submitted.read(queue, 4711, 512);
        Daemon idle = rig.attach();
        Taken taken = idle.next();
        assertEquals(4711, taken.sector());
        taken.succeed();
        behind.assertStatus(Errno.OK);
        held.forEach(Taken::succeed);
        for (Submitted read : begun) {
            read.assertStatus(Errno.OK);
        }
    }

    @Test
    void shouldHandOverToAnOverlappingDaemonWithoutAnError() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        List<Thread> submitters = new ArrayList<>();
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        try (AnsweringDaemon first = new AnsweringDaemon(rig.attach())) {
            for (int i = 0; i < 3; i++) {
                Thread submitter = new Thread(() -> submitUntil(stop, failures));
                submitters.add(submitter);
                submitter.start();
            }
            first.awaitAnswers(1000);
            try (AnsweringDaemon second = new AnsweringDaemon(rig.attach())) {
                second.awaitAnswers(1000);
                first.finish();
                second.awaitAnswers(3000);
                stop.set(true);
                for (Thread submitter : submitters) {
                    submitter.join();
                }
            }
        }
        assertEquals(List.of(), failures);
    }

    private void submitUntil(AtomicBoolean stop, List<Throwable> failures) {
        try {
            while (!stop.get()) {
                Submitted.write(queue, 0, new byte[4096]).assertStatus(Errno.OK);
            }
        } catch (Throwable e) {
            failures.add(e);
        }
    }

    @Test
    void shouldDeliverInOrderOfNumberUnderManySubmitters() throws Exception {
        Daemon daemon = rig.attach();
        int each = 2000;
        List<Thread> submitters = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread submitter = new Thread(() -> {
                for (int n = 0; n < each; n++) {
                    Submitted.write(queue, 0, new byte[512]);
                }
            });
            submitters.add(submitter);
            submitter.start();
        }
        boolean[] seen = new boolean[4 * each];
        long last = -1;
        for (int i = 0; i < seen.length; i++) {
            Taken taken = daemon.next();
            assertFalse(seen[(int) taken.seq()]);
            seen[(int) taken.seq()] = true;
            if (ordersDeliveries()) {
                assertTrue(taken.seq() > last, taken.seq() + " after " + last);
                last = taken.seq();
            }
            taken.succeed();
        }
        for (Thread submitter : submitters) {
            submitter.join();
        }
    }

    /** Whether deliveries by several submitters have an order at all: not where each runs the handler itself. */
    boolean ordersDeliveries() {
        return true;
    }

    @Test
    void shouldEndEveryChannelWhenTheTargetIsDestroyed() throws Exception {
        Daemon first = rig.attach();
        Daemon second = rig.attach();
        Submitted begun = Submitted.read(queue, 0, 512);
        queue.destroy();
        begun.assertStatus(Errno.EIO);
        assertEquals(ChannelEnd.DESTROYED, first.awaitEnd());
        assertEquals(ChannelEnd.DESTROYED, second.awaitEnd());
        Submitted.read(queue, 0, 512).assertStatus(Errno.EIO);
        assertThrows(AttachException.class, rig::attachRefused);
    }

    @Test
    void shouldFailWhatWaitsWhenTheTargetIsDestroyed() throws Exception {
        Submitted waiting = Submitted.read(queue, 0, 512);
        queue.destroy();
        waiting.assertStatus(Errno.EIO);
    }

    @Test
    void shouldEndWhatIsNotAnsweredInTimeAndDropTheLateAnswer() throws Exception {
        Daemon daemon = rig.attach();
        Submitted read = Submitted.read(queue, 8, 512);
        Taken taken = daemon.next();
        expire(0);
        expire(LIMIT_NS - 1);
        assertFalse(read.isEnded());
        expire(LIMIT_NS);
        read.assertStatus(Errno.ETIMEDOUT);
        assertEquals(List.of("message 0 (READ sector 8 length 512)"), expired);
        taken.succeed();
        Submitted next = Submitted.read(queue, 16, 512);
        daemon.next().succeed();
        next.assertStatus(Errno.OK);
        read.assertStatus(Errno.ETIMEDOUT);
    }

    @Test
    void shouldServeOthersBesideWhatHasExpired() throws Exception {
        Daemon daemon = rig.attach();
        List<Taken> late = new ArrayList<>();
        for (int round = 0; round < 3 * rig.beginMax(); round++) {
            Submitted hung = Submitted.write(queue, round, new byte[512]);
            late.add(daemon.next());
            expire(2 * round * LIMIT_NS);
            expire((2 * round + 1) * LIMIT_NS);
            hung.assertStatus(Errno.ETIMEDOUT);
            Submitted read = Submitted.read(queue, round, 512);
            daemon.next().succeedWith(random(round, 512));
            read.assertStatus(Errno.OK);
            assertArrayEquals(random(round, 512), read.data());
            if (late.size() == rig.beginMax() - 1) {
                late.forEach(Taken::succeed);
                late.clear();
            }
        }
    }

    @Test
    void shouldNotCountTimeWithoutADaemon() throws Exception {
        Submitted read = Submitted.read(queue, 0, 512);
        expire(0);
        expire(2 * LIMIT_NS);
        Daemon daemon = rig.attach();
        Taken taken = daemon.next();
        expire(2 * LIMIT_NS);
        assertFalse(read.isEnded());
        taken.succeed();
        read.assertStatus(Errno.OK);
        assertEquals(List.of(), expired);
    }

    @Test
    void shouldEndEachOnceWhetherItExpiresOrIsAnswered() throws Exception {
        try (AnsweringDaemon daemon = new AnsweringDaemon(rig.attach())) {
            List<Submitted> reads = new ArrayList<>();
            for (int i = 0; i < 20_000; i++) {
                reads.add(Submitted.read(queue, i, 512));
                queue.expire(i, 1, (handler, message) -> {});
            }
            for (Submitted read : reads) {
                assertTrue(read.status() == Errno.OK || read.status() == Errno.ETIMEDOUT);
            }
            daemon.finish();
        }
    }

    @Test
    void shouldCloseWithExpiredMessagesOutstanding() throws Exception {
        Daemon daemon = rig.attach();
        Submitted hung = Submitted.read(queue, 0, 512);
        Taken taken = daemon.next();
        Submitted other = Submitted.read(queue, 0, 512);
        expire(0);
        expire(LIMIT_NS);
        hung.assertStatus(Errno.ETIMEDOUT);
        other.assertStatus(Errno.ETIMEDOUT);
        daemon.close();
        taken.succeed();
        Submitted kept = Submitted.read(queue, 0, 512);
        rig.attach().next().succeed();
        kept.assertStatus(Errno.OK);
    }

    @Test
    void shouldGiveUpWithoutADaemonUntilThereIsOne() throws Exception {
        Submitted waiting = Submitted.read(queue, 0, 512);
        assertFalse(queue.giveUp(0, LIMIT_NS));
        assertFalse(queue.giveUp(LIMIT_NS - 1, LIMIT_NS));
        assertFalse(waiting.isEnded());
        assertTrue(queue.giveUp(LIMIT_NS, LIMIT_NS));
        waiting.assertStatus(Errno.EIO);
        Submitted.read(queue, 0, 512).assertStatus(Errno.EIO);
        assertFalse(queue.giveUp(2 * LIMIT_NS, LIMIT_NS));
        Daemon daemon = rig.attach();
        assertFalse(queue.giveUp(3 * LIMIT_NS, LIMIT_NS));
        Submitted served = Submitted.read(queue, 0, 512);
        daemon.next().succeed();
        served.assertStatus(Errno.OK);
        daemon.close();
        Submitted next = Submitted.read(queue, 0, 512);
        assertFalse(queue.giveUp(4 * LIMIT_NS, LIMIT_NS));
        assertFalse(next.isEnded());
        assertTrue(queue.giveUp(5 * LIMIT_NS, LIMIT_NS));
        next.assertStatus(Errno.EIO);
    }

    private void expire(long nowNs) {
        queue.expire(nowNs, LIMIT_NS, (handler, message) -> expired.add(message.toString()));
    }

    static byte[] random(long seed, int length) {
        byte[] content = new byte[length];
        new Random(seed).nextBytes(content);
        return content;
    }
}
