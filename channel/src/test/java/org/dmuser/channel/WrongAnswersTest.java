package org.dmuser.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dmuser.channel.ChannelRig.Taken;
import org.dmuser.channel.MemoryChannelRig.MemoryDaemon;
import org.junit.jupiter.api.Test;

/** A daemon that answers what it must not, or damages what it shares, ends its own channel and no other. */
final class WrongAnswersTest {
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
            for (long response : new long[] {3, -1, Long.MAX_VALUE}) {
                Submitted read = Submitted.read(rig.queue(), 0, 512);
                Taken taken = daemon.next();
                int slot = ((Delivery) taken.message()).slot();
                daemon.end.respond(slot, taken.seq(), response, Errno.ENOSPC.number());
                read.assertStatus(Errno.EIO);
            }
            Submitted next = Submitted.read(rig.queue(), 0, 512);
            daemon.next().succeed();
            next.assertStatus(Errno.OK);
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
}
