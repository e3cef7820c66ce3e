package org.dmuser.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.dmuser.channel.ChannelRig.Taken;
import org.dmuser.channel.MemoryChannelRig.MemoryDaemon;
import org.junit.jupiter.api.Test;

final class MemoryChannelTest extends ChannelContract {
    @Override
    ChannelRig open() throws Exception {
        return new MemoryChannelRig();
    }

    @Test
    void shouldEndOnlyTheChannelThatAnswersWhatItDoesNotHave() throws Exception {
        try (MemoryChannelRig rig = new MemoryChannelRig()) {
            MemoryDaemon honest = rig.attach();
            Submitted served = Submitted.read(rig.queue(), 0, 512);
            Taken taken = honest.next();
            MemoryDaemon liar = rig.attach();
            Submitted lost = Submitted.read(rig.queue(), 0, 512);
            liar.next();
            liar.end.respond(0, 4711, ResponseType.SUCCESS.wire(), 0);
            assertEquals(ChannelEnd.REJECTED, liar.awaitEnd());
            assertTrue(liar.end.endReason().contains("answered message 4711"), liar.end::endReason);
            lost.assertStatus(Errno.EIO);
            taken.succeed();
            served.assertStatus(Errno.OK);
        }
    }

    @Test
    void shouldRefuseAnAnswerOnAnotherChannelThanTheOneItCameFrom() throws Exception {
        try (MemoryChannelRig rig = new MemoryChannelRig()) {
            MemoryDaemon first = rig.attach();
            Submitted read = Submitted.read(rig.queue(), 0, 512);
            Taken taken = first.next();
            MemoryDaemon second = rig.attach();
            second.end.respond(0, taken.seq(), ResponseType.SUCCESS.wire(), 0);
            assertEquals(ChannelEnd.REJECTED, second.awaitEnd());
            assertFalse(read.isEnded());
            taken.succeed();
            read.assertStatus(Errno.OK);
        }
    }

    @Test
    void shouldRefuseAnAnswerToWhatWasNotTakenAndKeepTheMessage() throws Exception {
        try (MemoryChannelRig rig = new MemoryChannelRig()) {
            MemoryDaemon hasty = rig.attachSilently();
            Submitted read = Submitted.read(rig.queue(), 0, 512);
            hasty.end.respond(0, 0, ResponseType.SUCCESS.wire(), 0);
            hasty.channel.awaitEnd();
            assertFalse(read.isEnded());
            rig.attach().next().succeed();
            read.assertStatus(Errno.OK);
        }
    }

    @Test
    void shouldRefuseASlotThatDoesNotExist() throws Exception {
        for (int slot : new int[] {-1, 64, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            try (MemoryChannelRig rig = new MemoryChannelRig()) {
                MemoryDaemon daemon = rig.attach();
                daemon.end.respond(slot, 0, ResponseType.SUCCESS.wire(), 0);
                assertEquals(ChannelEnd.REJECTED, daemon.awaitEnd());
            }
        }
    }

    @Test
    void shouldTakeAnyUnknownResponseForAnError() throws Exception {
        try (MemoryChannelRig rig = new MemoryChannelRig()) {
            MemoryDaemon daemon = rig.attach();
            long[] responses = {3, -1, Long.MAX_VALUE};
            List<Submitted> reads = new ArrayList<>();
            for (int slot = 0; slot < responses.length; slot++) {
                reads.add(Submitted.read(rig.queue(), 0, 512));
                daemon.next();
            }
            for (int slot = 0; slot < responses.length; slot++) {
                daemon.end.respond(slot, slot, responses[slot], Errno.ENOSPC.number());
                reads.get(slot).assertStatus(Errno.EIO);
            }
        }
    }

    @Test
    void shouldTakeOneLateAnswerAndNoOther() throws Exception {
        try (MemoryChannelRig rig = new MemoryChannelRig()) {
            MemoryDaemon daemon = rig.attach();
            Submitted read = Submitted.read(rig.queue(), 0, 512);
            Taken taken = daemon.next();
            expire(rig);
            read.assertStatus(Errno.ETIMEDOUT);
            taken.succeedWith(random(1, 512));
            Submitted next = Submitted.read(rig.queue(), 0, 512);
            daemon.next().succeed();
            next.assertStatus(Errno.OK);
            assertArrayEquals(new byte[512], read.data(), "the late answer has been copied");
            daemon.end.respond(0, taken.seq(), ResponseType.SUCCESS.wire(), 0);
            assertEquals(ChannelEnd.REJECTED, daemon.awaitEnd());
        }
    }

    @Test
    void shouldTakeBackWhatExpiresBeforeItIsBegun() throws Exception {
        try (MemoryChannelRig rig = new MemoryChannelRig()) {
            MemoryDaemon daemon = rig.attachSilently();
            for (int i = 0; i < 3 * ChannelFileDescriptor.SLOTS; i++) {
                Submitted read = Submitted.read(rig.queue(), i, 512);
                expire(rig);
                read.assertStatus(Errno.ETIMEDOUT);
            }
            assertEquals(0, daemon.channel.load());
            Submitted read = Submitted.read(rig.queue(), 4711, 512);
            daemon.serve(() -> {});
            Taken taken = daemon.next();
            assertEquals(4711, taken.sector());
            taken.succeed();
            read.assertStatus(Errno.OK);
        }
    }

    @Test
    void shouldEndWhatWaitsForSlotsThatAllHang() throws Exception {
        try (MemoryChannelRig rig = new MemoryChannelRig()) {
            MemoryDaemon daemon = rig.attach();
            List<Taken> hung = new ArrayList<>();
            for (int i = 0; i < ChannelFileDescriptor.SLOTS; i++) {
                Submitted.read(rig.queue(), i, 512);
                hung.add(daemon.next());
            }
            rig.queue().expire(0, 0, (handler, message) -> {});
            Submitted first = Submitted.read(rig.queue(), 0, 512);
            rig.queue().expire(1, 10, (handler, message) -> {});
            Submitted second = Submitted.read(rig.queue(), 0, 512);
            rig.queue().expire(10, 10, (handler, message) -> {});
            assertFalse(first.isEnded());
            rig.queue().expire(11, 10, (handler, message) -> {});
            first.assertStatus(Errno.ETIMEDOUT);
            rig.queue().expire(12, 10, (handler, message) -> {});
            assertFalse(second.isEnded());
            hung.forEach(Taken::succeed);
            daemon.next().succeed();
            second.assertStatus(Errno.OK);
        }
    }

    @Test
    void shouldEndWhatADaemonThatStopsDoesNotAnswerInTime() throws Exception {
        try (MemoryChannelRig rig = new MemoryChannelRig()) {
            MemoryDaemon daemon = rig.attach();
            Submitted read = Submitted.read(rig.queue(), 0, 512);
            daemon.next();
            daemon.stopTaking();
            expire(rig);
            read.assertStatus(Errno.ETIMEDOUT);
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
    void shouldNotReissueWhatADaemonThatWasRejectedHadBegun() throws Exception {
        try (MemoryChannelRig rig = new MemoryChannelRig(true)) {
            MemoryDaemon liar = rig.attach();
            Submitted write = Submitted.write(rig.queue(), 0, new byte[512]);
            liar.next();
            liar.end.respond(0, 4711, ResponseType.SUCCESS.wire(), 0);
            assertEquals(ChannelEnd.REJECTED, liar.awaitEnd());
            write.assertStatus(Errno.EIO);
        }
    }

    private static void expire(MemoryChannelRig rig) {
        rig.queue().expire(0, 0, (handler, message) -> assertEquals("test-handler", handler));
    }

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
            assertEquals(1, channelFiles(rig.directory(), "test.1"), "its channel has not ended");
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

    /** A daemon that writes into a record between the two halves of giving out its message. */
    @Test
    void shouldEndTheChannelAndLoseNothingWhenTheRequestRingIsDamaged() throws Exception {
        try (MemoryChannelRig rig = new MemoryChannelRig()) {
            Path path = rig.directory().resolve("damaged");
            MemoryChannel channel = MemoryChannel.open(
                    path, "a daemon", rig.queue(), 1, 2048, false, Seats.ofProcess(), rig.reports::add);
            List<Errno> ends = new ArrayList<>();
            Message message = new Message((ended, status) -> ends.add(status));
            int slot = channel.claim(message.prepare(RequestType.FLUSH, 0, 0, 0, null));
            ChannelFile.map(path).requests().buffer().putInt(0, 64);
            channel.commit(slot);
            channel.serve();
            assertEquals(List.of(), ends);
            assertTrue(rig.reports.stream().anyMatch(line -> line.contains("damaged")), rig.reports::toString);
            rig.attach().next().succeed();
        }
    }

    @Test
    void shouldEndWhenAListenerFailsBadly() throws Exception {
        try (MemoryChannelRig rig = new MemoryChannelRig()) {
            MemoryDaemon daemon = rig.attach();
            Message failing = new Message((message, status) -> {
                throw new StackOverflowError("in a listener");
            });
            rig.queue().submit(failing.prepare(RequestType.FLUSH, 0, 0, 0, null));
            daemon.next().succeed();
            Submitted next = Submitted.read(rig.queue(), 0, 512);
            daemon.next().succeed();
            next.assertStatus(Errno.OK);
            assertTrue(rig.reports.stream().anyMatch(line -> line.contains("in a listener")), rig.reports::toString);
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

    @Test
    void shouldEndTheDaemonWhenTheServiceIsGoneWithoutAWord() throws Exception {
        try (MemoryChannelRig rig = new MemoryChannelRig()) {
            MemoryDaemon daemon = rig.attach();
            rig.breakConnections();
            assertEquals(ChannelEnd.SERVICE_LOST, daemon.serveEnd());
        }
    }

    @Test
    void shouldLeaveNoFileAndNoMemoryBehind() throws Exception {
        try (MemoryChannelRig rig = new MemoryChannelRig()) {
            MemoryDaemon daemon = rig.attach();
            assertEquals(1, channelFiles(rig.directory()));
            daemon.close();
            assertEquals(0, channelFiles(rig.directory()));
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

    @Test
    void shouldTellItsCountersAndErrorsToOthers() throws Exception {
        try (MemoryChannelRig rig = new MemoryChannelRig()) {
            MemoryDaemon daemon = rig.attach();
            Submitted write = Submitted.write(rig.queue(), 0, new byte[8192]);
            daemon.next().succeed();
            write.assertStatus(Errno.OK);
            Submitted read = Submitted.read(rig.queue(), 0, 512);
            daemon.next().succeed();
            read.assertStatus(Errno.OK);
            daemon.end.report("the disk is on fire");
            daemon.end.report("the disk is on fire");
            ChannelStat stat = ChannelStat.read(rig.directory().resolve("test.1"));
            assertEquals(2, stat.counters().get(ChannelCounter.REQUESTS));
            assertEquals(2, stat.counters().get(ChannelCounter.RESPONSES));
            assertEquals(8192, stat.counters().get(ChannelCounter.BYTES_WRITTEN));
            assertEquals(512, stat.counters().get(ChannelCounter.BYTES_READ));
            assertEquals(List.of("the disk is on fire (2 times)"), stat.errors());
        }
    }

    @Test
    void shouldNotTakeAnotherFileForAChannel() throws Exception {
        try (MemoryChannelRig rig = new MemoryChannelRig()) {
            Path other = rig.directory().resolve("other");
            Files.write(other, new byte[1000]);
            assertThrows(IOException.class, () -> ChannelStat.read(other));
            assertThrows(
                    IOException.class, () -> ChannelStat.read(rig.directory().resolve("nothing")));
            Path zeros = rig.directory().resolve("zeros");
            ChannelFile.createEmpty(zeros);
            IOException refused = assertThrows(IOException.class, () -> ChannelStat.read(zeros));
            assertEquals(zeros + " is no channel of dmuser's", refused.getMessage());
        }
    }

    @Test
    void shouldUseLittleMemoryUntilItIsNeeded() throws Exception {
        try (MemoryChannelRig rig = new MemoryChannelRig()) {
            rig.attach();
            try (Stream<Path> files = Files.list(rig.directory())) {
                Path file = files.filter(path -> !path.endsWith("control"))
                        .findFirst()
                        .orElseThrow();
                Process stat = new ProcessBuilder("stat", "--format=%b", file.toString()).start();
                long blocks = Long.parseLong(new String(stat.getInputStream().readAllBytes(), UTF_8).strip());
                assertTrue(blocks * 512 < 2 << 20, blocks + " blocks of 512 bytes");
            }
        }
    }

    @Test
    void shouldRefuseToAttachWhereThereIsNoMemory() throws Exception {
        try (SmallMemory memory = SmallMemory.mount("1m");
                MemoryChannelRig rig = new MemoryChannelRig(memory.directory())) {
            AttachException refused = assertThrows(AttachException.class, rig::attachRefused);
            assertTrue(refused.getMessage().contains("No space left on device"), refused::getMessage);
            assertEquals(0, channelFiles(rig.directory()));
        }
    }

    @Test
    void shouldGoOnWithFewerSlotsWhereMemoryRunsOut() throws Exception {
        try (SmallMemory memory = SmallMemory.mount("2m");
                MemoryChannelRig rig = new MemoryChannelRig(memory.directory())) {
            MemoryDaemon daemon = rig.attach();
            List<Submitted> writes = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                writes.add(Submitted.write(rig.queue(), i, random(i, 128 * 1024)));
            }
            for (int i = 0; i < 40; i++) {
                Taken taken = daemon.next();
                assertEquals(i, taken.seq());
                assertEquals(128 * 1024, taken.payload().length);
                taken.succeed();
            }
            for (Submitted write : writes) {
                write.assertStatus(Errno.OK);
            }
            assertTrue(rig.reports.stream().anyMatch(line -> line.contains("going on with fewer")));
        }
    }

    private static long channelFiles(Path directory, String name) {
        return Files.exists(directory.resolve(name)) ? 1 : 0;
    }

    private static long channelFiles(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(path -> !path.endsWith("control")).count();
        }
    }
}
