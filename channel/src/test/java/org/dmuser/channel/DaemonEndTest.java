package org.dmuser.channel;

import static org.dmuser.channel.RandomBytes.random;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.dmuser.channel.ChannelRig.Taken;
import org.dmuser.channel.MemoryChannelRig.MemoryDaemon;
import org.junit.jupiter.api.Test;

/** What becomes of messages when a daemon in a process of its own hangs, stops, dies, or loses its service. */
final class DaemonEndTest {
    @Test
    void shouldNotKeepMessagesBehindADaemonThatHangs() throws Exception {
        try (MemoryChannelRig rig = new MemoryChannelRig()) {
            MemoryDaemon hanging = rig.attachHanging();
            Submitted hung = Submitted.read(rig.queue(), 0, 512);
            hanging.next();
            MemoryDaemon working = rig.attach();
            List<Submitted> reads = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                reads.add(Submitted.read(rig.queue(), i, 512));
            }
            for (int i = 0; i < 100; i++) {
                working.next().succeed();
            }
            for (Submitted read : reads) {
                read.assertStatus(Errno.OK);
            }
            assertFalse(hung.isEnded());
        }
    }

    @Test
    void shouldGiveWhatItHasNotBegunAwayAtOnceWhenADaemonStops() throws Exception {
        try (MemoryChannelRig rig = new MemoryChannelRig()) {
            MemoryDaemon stopping = rig.attachSilently();
            Submitted read = Submitted.read(rig.queue(), 0, 512);
            stopping.end.stop();
            rig.attach().next().succeed();
            read.assertStatus(Errno.OK);
            assertTrue(Files.exists(rig.directory().resolve("test.1")), "its channel has ended");
        }
    }

    /** It stops between the two halves of giving it a message. */
    @Test
    void shouldGiveWhatIsOnItsWayToADaemonThatStopsToTheNext() throws Exception {
        try (MemoryChannelRig rig = new MemoryChannelRig()) {
            MemoryDaemon stopping = rig.attachSilently();
            CompletableFuture<Errno> status = new CompletableFuture<>();
            Message message = new Message((ended, errno) -> status.complete(errno));
            int slot = stopping.channel.claim(message.prepare(RequestType.FLUSH, 0, 0, 0, null));
            stopping.end.stop();
            while (rig.queue().lends()) {
                Thread.yield();
            }
            stopping.channel.commit(slot);
            rig.attach().next().succeed();
            assertEquals(Errno.OK, status.get(ChannelRig.limitNs(), TimeUnit.NANOSECONDS));
            assertTrue(Files.exists(rig.directory().resolve("test.1")), "its channel has ended");
        }
    }

    @Test
    void shouldGiveWhatAStoppedDaemonHadNotBegunToTheNext() throws Exception {
        try (MemoryChannelRig rig = new MemoryChannelRig()) {
            MemoryDaemon idle = rig.attachSilently();
            List<Submitted> reads = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                reads.add(Submitted.read(rig.queue(), i, 512));
            }
            assertEquals(0, rig.queue().undelivered());
            idle.close();
            MemoryDaemon next = rig.attach();
            for (int i = 0; i < 20; i++) {
                Taken taken = next.next();
                assertEquals(i, taken.seq());
                taken.succeed();
                reads.get(i).assertStatus(Errno.OK);
            }
        }
    }

    @Test
    void shouldReissueInOrderWhatADeadDaemonHadBegun() throws Exception {
        try (MemoryChannelRig rig = new MemoryChannelRig(true)) {
            MemoryDaemon dying = rig.attach();
            List<Submitted> writes = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                writes.add(Submitted.write(rig.queue(), i, random(i, 512)));
            }
            dying.next();
            dying.close();
            MemoryDaemon next = rig.attach();
            for (int i = 0; i < 10; i++) {
                Taken taken = next.next();
                assertEquals(i, taken.seq());
                assertArrayEquals(random(i, 512), taken.payload());
                taken.succeed();
                writes.get(i).assertStatus(Errno.OK);
            }
        }
    }

    @Test
    void shouldCountAnswersGivenBeforeTheDaemonWent() throws Exception {
        try (MemoryChannelRig rig = new MemoryChannelRig()) {
            for (int round = 0; round < 200; round++) {
                MemoryDaemon daemon = rig.attach();
                Submitted read = Submitted.read(rig.queue(), 0, 512);
                daemon.next().succeed();
                daemon.close();
                read.assertStatus(Errno.OK);
            }
        }
    }

    /** The ring is read up to its end at a time; what is behind that counts, too. */
    @Test
    void shouldCountAnswersAcrossTheEndOfTheRing() throws Exception {
        try (MemoryChannelRig rig = new MemoryChannelRig()) {
            MemoryDaemon daemon = rig.attach();
            int records = ChannelFileDescriptor.RING_LENGTH / 64;
            for (int i = 0; i < records - 1; i++) {
                Submitted read = Submitted.read(rig.queue(), i, 512);
                daemon.next().succeed();
                read.assertStatus(Errno.OK);
            }
            for (int round = 0; round < 20; round++) {
                List<Submitted> reads = new ArrayList<>();
                for (int i = 0; i < 13; i++) {
                    reads.add(Submitted.read(rig.queue(), i, 512));
                }
                for (int i = 0; i < 13; i++) {
                    daemon.next().succeed();
                }
                if (round == 19) {
                    daemon.close();
                }
                for (Submitted read : reads) {
                    read.assertStatus(Errno.OK);
                }
            }
        }
    }

    @Test
    void shouldEndTheDaemonWhenTheServiceIsGoneWithoutAWord() throws Exception {
        try (MemoryChannelRig rig = new MemoryChannelRig()) {
            MemoryDaemon daemon = rig.attach();
            rig.breakConnections();
            assertEquals(ChannelEnd.SERVICE_LOST, daemon.serveEnd());
        }
    }

    @Test
    void shouldTellWhatErrorsItsDaemonLeftBehind() throws Exception {
        try (MemoryChannelRig rig = new MemoryChannelRig()) {
            MemoryDaemon daemon = rig.attach();
            daemon.end.report("the disk is on fire");
            daemon.close();
            assertTrue(
                    rig.reports.stream().anyMatch(line -> line.contains("the disk is on fire")), rig.reports::toString);
        }
    }
}
