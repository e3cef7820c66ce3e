package org.dmuser.channel;

import static org.dmuser.channel.RandomBytes.random;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.List;
import org.dmuser.channel.ChannelRig.Taken;
import org.dmuser.channel.MemoryChannelRig.MemoryDaemon;
import org.junit.jupiter.api.Test;

/** Messages that expire in a memory channel, whose slots their daemon may go on using. */
final class MemoryTimeLimitTest {
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

    private static void expire(MemoryChannelRig rig) {
        rig.queue().expire(0, 0, (handler, message) -> assertEquals("test-handler", handler));
    }
}
