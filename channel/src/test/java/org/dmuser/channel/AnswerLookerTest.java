package org.dmuser.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.dmuser.channel.ChannelRig.Taken;
import org.dmuser.channel.MemoryChannelRig.MemoryDaemon;
import org.junit.jupiter.api.Test;

/** Answers that are taken by another thread than the one that serves the channel. */
final class AnswerLookerTest {
    @Test
    void shouldTakeAnswersItself() throws Exception {
        try (MemoryChannelRig rig = new MemoryChannelRig()) {
            AnswerLooker looker = new AnswerLooker();
            assertEquals(0, looker.look(queuesOf(rig)));
            MemoryDaemon daemon = rig.attach();
            assertEquals(0, looker.look(queuesOf(rig)));
            AtomicBoolean here = new AtomicBoolean();
            Thread self = Thread.currentThread();
            for (int i = 0; !here.get(); i++) {
                assertTrue(i < 10_000, "it never gets an answer");
                AtomicBoolean ended = new AtomicBoolean();
                Message message = new Message((answered, status) -> {
                    here.set(Thread.currentThread() == self);
                    ended.set(true);
                });
                rig.queue().submit(message.prepare(RequestType.FLUSH, 0, 0, 0, null));
                daemon.next().succeed();
                while (!ended.get()) {
                    looker.look(queuesOf(rig));
                }
            }
            looker.leave();
        }
    }

    /** So that each wakes a serving thread only while nobody looks for its answers. */
    @Test
    void shouldLookForTheAnswersOfSeveralQueues() throws Exception {
        try (MemoryChannelRig one = new MemoryChannelRig();
                MemoryChannelRig other = new MemoryChannelRig()) {
            AnswerLooker looker = new AnswerLooker();
            MessageQueues queues = queuesOf(one, other, one);
            assertEquals(2, queues.count());
            List<MemoryDaemon> daemons = List.of(one.attach(), other.attach());
            Thread self = Thread.currentThread();
            for (int i = 0; i < 2; i++) {
                AtomicBoolean here = new AtomicBoolean();
                for (int tries = 0; !here.get(); tries++) {
                    assertTrue(tries < 10_000, "it never gets an answer of queue " + i);
                    AtomicBoolean ended = new AtomicBoolean();
                    Message message = new Message((answered, status) -> {
                        here.set(Thread.currentThread() == self);
                        ended.set(true);
                    });
                    looker.look(queues);
                    queues.get(i).submit(message.prepare(RequestType.FLUSH, 0, 0, 0, null));
                    daemons.get(i).next().succeed();
                    while (!ended.get()) {
                        looker.look(queues);
                    }
                }
            }
            looker.leave();
        }
    }

    @Test
    void shouldLookForAnswersOfSoManyQueuesOnly() {
        MessageQueues queues = new MessageQueues();
        for (int i = 0; i < MessageQueues.MAX; i++) {
            assertTrue(queues.wantsMore());
            queues.add(new MessageQueue());
        }
        assertFalse(queues.wantsMore());
        queues.add(new MessageQueue());
        assertEquals(MessageQueues.MAX, queues.count());
        AnswerLooker looker = new AnswerLooker();
        assertEquals(0, looker.look(queues));
        assertEquals(0, looker.look(queues.clear()));
        assertTrue(queues.wantsMore());
    }

    private static MessageQueues queuesOf(MemoryChannelRig... rigs) {
        MessageQueues queues = new MessageQueues();
        for (MemoryChannelRig rig : rigs) {
            queues.add(rig.queue());
        }
        return queues;
    }

    @Test
    void shouldLeaveAnswersToTheServingThread() throws Exception {
        try (MemoryChannelRig rig = new MemoryChannelRig()) {
            AnswerLooker looker = new AnswerLooker();
            MemoryDaemon daemon = rig.attach();
            for (int i = 0; i < 1000; i++) {
                looker.look(queuesOf(rig));
                Submitted read = Submitted.read(rig.queue(), i, 512);
                Taken taken = daemon.next();
                if (i % 2 == 0) {
                    taken.succeed();
                    looker.leave();
                } else {
                    looker.leave();
                    taken.succeed();
                }
                read.assertStatus(Errno.OK);
            }
        }
    }

    /** However long that takes: what is behind the answer it is at is not for the serving thread. */
    @Test
    void shouldLetTheServingThreadSleepWhileItTakesAnswers() throws Exception {
        try (MemoryChannelRig rig = new MemoryChannelRig()) {
            MemoryDaemon daemon = rig.attach();
            CountDownLatch looking = new CountDownLatch(1);
            CountDownLatch release = new CountDownLatch(1);
            AtomicBoolean blocked = new AtomicBoolean();
            Thread looker = new Thread(() -> lookUntil(queuesOf(rig), looking, release));
            looker.start();
            Uninterrupted.run(looking::await);
            for (int i = 0; !blocked.get(); i++) {
                assertTrue(i < 10_000, "it never gets an answer");
                CountDownLatch ended = new CountDownLatch(1);
                Message message = new Message((answered, status) -> {
                    blocked.set(Thread.currentThread() == looker);
                    ended.countDown();
                    if (blocked.get()) {
                        Uninterrupted.run(release::await);
                    }
                });
                rig.queue().submit(message.prepare(RequestType.FLUSH, 0, 0, 0, null));
                daemon.next().succeed();
                Uninterrupted.run(ended::await);
            }
            Submitted behind = Submitted.read(rig.queue(), 0, 512);
            daemon.next().succeed();
            ChannelFile file = ChannelFile.map(rig.directory().resolve("test.1"));
            long sleeps = file.counted(ChannelCounter.SERVICE_SLEEPS);
            // The first of them may have begun before there was an answer.
            while (file.counted(ChannelCounter.SERVICE_SLEEPS) < sleeps + 2) {
                daemon.channel.answers().wake();
                Thread.yield();
            }
            assertFalse(behind.isEnded());
            release.countDown();
            behind.assertStatus(Errno.OK);
            assertTrue(Uninterrupted.join(looker, ChannelRig.limitNs()));
        }
    }

    private static void lookUntil(MessageQueues queues, CountDownLatch looking, CountDownLatch end) {
        AnswerLooker looker = new AnswerLooker();
        while (end.getCount() > 0) {
            looker.look(queues);
            looking.countDown();
        }
        looker.leave();
    }

    /** With lookers and daemons that come and go, every message is answered once. */
    @Test
    void shouldLoseNothingWhileLookersAndDaemonsComeAndGo() throws Exception {
        try (MemoryChannelRig rig = new MemoryChannelRig(true)) {
            AtomicBoolean done = new AtomicBoolean();
            List<Thread> lookers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                Random random = new Random(i);
                Thread thread = new Thread(() -> comeAndGo(queuesOf(rig), random, done));
                lookers.add(thread);
                thread.start();
            }
            List<Submitted> all = new ArrayList<>();
            for (int round = 0; round < 20; round++) {
                try (AnsweringDaemon daemon = new AnsweringDaemon(rig.attach())) {
                    for (int i = 0; i < 100; i++) {
                        all.add(Submitted.read(rig.queue(), i, 512));
                    }
                    daemon.awaitAnswers(50);
                }
            }
            AnsweringDaemon last = new AnsweringDaemon(rig.attach());
            for (Submitted submitted : all) {
                submitted.assertStatus(Errno.OK);
            }
            last.finish();
            done.set(true);
            lookers.forEach(thread -> assertTrue(Uninterrupted.join(thread, ChannelRig.limitNs())));
        }
    }

    private static void comeAndGo(MessageQueues queues, Random random, AtomicBoolean done) {
        AnswerLooker looker = new AnswerLooker();
        while (!done.get()) {
            for (int looks = random.nextInt(50); looks > 0; looks--) {
                looker.look(queues);
            }
            looker.leave();
            Thread.yield();
        }
    }
}
