package org.dmuser.channel;

import static org.dmuser.channel.RandomBytes.random;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.dmuser.channel.ChannelRig.Daemon;
import org.dmuser.channel.ChannelRig.Taken;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a target that sets limits to waiting can rely on, for every kind of channel. */
@ParameterizedClass
@EnumSource(ChannelKind.class)
final class TimeLimitContractTest {
    private static final long LIMIT_NS = 1000;

    private final List<String> expired = new ArrayList<>();

    @AutoClose
    private final ChannelRig rig;

    private final MessageQueue queue;

    TimeLimitContractTest(ChannelKind kind) throws IOException {
        rig = kind.open();
        queue = rig.queue();
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
            Effort effort = new Effort();
            for (int i = 0; i < 5000 && effort.isLeft(); i++) {
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
}
