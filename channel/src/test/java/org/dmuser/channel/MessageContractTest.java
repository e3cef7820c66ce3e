package org.dmuser.channel;

import static org.dmuser.channel.Loans.content;
import static org.dmuser.channel.RandomBytes.random;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.dmuser.channel.ChannelRig.Daemon;
import org.dmuser.channel.ChannelRig.Taken;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What dm-user promises of a message, one test a promise, for every kind of channel. */
@ParameterizedClass
@EnumSource(ChannelKind.class)
final class MessageContractTest {
    private final ChannelKind kind;

    @AutoClose
    private final ChannelRig rig;

    private final MessageQueue queue;

    MessageContractTest(ChannelKind kind) throws IOException {
        this.kind = kind;
        rig = kind.open();
        queue = rig.queue();
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
    void shouldDeliverInOrderOfNumberUnderManySubmitters() throws Exception {
        Daemon daemon = rig.attach();
        int each = 1000;
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
            if (kind.ordersDeliveries()) {
                assertTrue(taken.seq() > last, taken.seq() + " after " + last);
                last = taken.seq();
            }
            taken.succeed();
        }
        for (Thread submitter : submitters) {
            submitter.join();
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
        boolean says = kind.carriesErrorNumbers();
        assertAnswer(daemon, ResponseType.ERROR, Errno.ENOSPC, says ? Errno.ENOSPC : Errno.EIO);
        assertAnswer(daemon, ResponseType.UNSUPPORTED, Errno.EOPNOTSUPP, says ? Errno.EOPNOTSUPP : Errno.EIO);
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
}
