package org.dmuser.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.dmuser.channel.ChannelRig.Daemon;
import org.dmuser.channel.ChannelRig.Taken;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What dm-user promises when daemons come, share a target, and go, for every kind of channel. */
@ParameterizedClass
@EnumSource(ChannelKind.class)
final class DaemonContractTest {
    @AutoClose
    private final ChannelRig rig;

    private final MessageQueue queue;

    DaemonContractTest(ChannelKind kind) throws IOException {
        rig = kind.open();
        queue = rig.queue();
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
    void shouldServeMoreWaitingMessagesThanItCanHaveBegun() throws Exception {
        int count = 5000;
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
            first.awaitAnswers(100);
            try (AnsweringDaemon second = new AnsweringDaemon(rig.attach())) {
                second.awaitAnswers(100);
                first.finish();
                second.awaitAnswers(300);
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
}
