package org.dmuser.channel;

import static org.dmuser.channel.RandomBytes.random;
import static org.dmuser.channel.StreamCalls.header;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What dm-user does with the bytes of a channel, read and written in whatever pieces. */
final class StreamChannelTest {
    private static final int HEADER = MessageFlyweight.HEADER_LENGTH;
    private static final long SUCCESS = ResponseType.SUCCESS.wire();
    private static final long ERROR = ResponseType.ERROR.wire();
    private static final int EINVAL = -Errno.EINVAL.number();

    @AutoClose
    private final StreamChannelRig rig = new StreamChannelRig();

    private final MessageQueue queue = rig.queue();
    private StreamCalls daemon;

    @BeforeEach
    void open() throws Exception {
        daemon = new StreamCalls(rig.open());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 39, 40, 41, 4096})
    void shouldGiveOnePartOfAMessageToARead(int size) throws Exception {
        byte[] content = random(1, 512);
        Submitted write = Submitted.write(queue, 8, content);
        byte[] message = new byte[HEADER + content.length];
        for (int at = 0; at < message.length; ) {
            byte[] part = daemon.read(size).await();
            int end = at < HEADER ? HEADER : message.length;
            assertEquals(Math.min(size, end - at), part.length, "at " + at);
            System.arraycopy(part, 0, message, at, part.length);
            at += part.length;
        }
        UnsafeBuffer bytes = new UnsafeBuffer(message);
        assertEquals(0, MessageFlyweight.seq(bytes, 0));
        assertEquals(RequestType.WRITE.wire(), MessageFlyweight.type(bytes, 0));
        assertEquals(8, MessageFlyweight.sector(bytes, 0));
        assertEquals(512, MessageFlyweight.length(bytes, 0));
        assertArrayEquals(content, Arrays.copyOfRange(message, HEADER, message.length));
        assertFalse(write.isEnded());
        assertEquals(HEADER, daemon.write(header(0, SUCCESS)));
        write.assertStatus(Errno.OK);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 39, 40, 41, 4096})
    void shouldTakeAnAnswerInPiecesOfAnySize(int size) throws Exception {
        Submitted read = Submitted.read(queue, 0, 512);
        daemon.read(HEADER).await();
        byte[] content = random(2, 512);
        byte[] answer = answer(0, content);
        for (int at = 0; at < answer.length; at += size) {
            assertFalse(read.isEnded());
            byte[] piece = Arrays.copyOfRange(answer, at, Math.min(at + size, answer.length));
            assertEquals(piece.length, daemon.write(piece));
        }
        read.assertStatus(Errno.OK);
        assertArrayEquals(content, read.data());
    }

    @Test
    void shouldTakeOneAnswerFromAWrite() throws Exception {
        Submitted first = Submitted.read(queue, 0, 512);
        Submitted second = Submitted.read(queue, 0, 512);
        daemon.read(HEADER).await();
        daemon.read(HEADER).await();
        byte[] both = Arrays.copyOf(answer(1, random(1, 512)), 2 * (HEADER + 512));
        System.arraycopy(answer(0, random(0, 512)), 0, both, HEADER + 512, HEADER + 512);
        assertEquals(HEADER + 512, daemon.write(both));
        second.assertStatus(Errno.OK);
        assertFalse(first.isEnded());
        // The kernel asks for the rest of a long write only if all before it was taken.
        byte[] rest = Arrays.copyOfRange(both, HEADER + 512, both.length);
        assertEquals(0, daemon.write(rest, true));
        assertEquals(rest.length, daemon.write(rest));
        first.assertStatus(Errno.OK);
    }

    @Test
    void shouldTakeTheRestOfAWriteThatTheKernelCuts() throws Exception {
        Submitted read = Submitted.read(queue, 0, 512);
        daemon.read(HEADER).await();
        byte[] answer = answer(0, random(0, 512));
        assertEquals(100, daemon.write(Arrays.copyOf(answer, 100)));
        assertEquals(452, daemon.write(Arrays.copyOfRange(answer, 100, answer.length), true));
        read.assertStatus(Errno.OK);
        assertArrayEquals(random(0, 512), read.data());
    }

    @Test
    void shouldGiveTheRestOfAReadOnlyWhatIsLeftOfTheSamePart() throws Exception {
        Submitted.write(queue, 0, random(1, 1024));
        Submitted.write(queue, 0, random(2, 1024));
        assertEquals(0, daemon.read(10, true).await().length, "in front of a message");
        daemon.read(HEADER).await();
        assertEquals(0, daemon.read(10, true).await().length, "between header and data");
        assertEquals(1000, daemon.read(1000).await().length);
        assertEquals(24, daemon.read(1000, true).await().length);
        assertEquals(0, daemon.read(1000, true).await().length, "the next message is another read's");
    }

    @Test
    void shouldSayWhatEveryErrorSaysWithoutData() throws Exception {
        for (long response : new long[] {ERROR, ResponseType.UNSUPPORTED.wire(), 3, -1}) {
            Submitted read = Submitted.read(queue, 0, 512);
            byte[] asked = daemon.read(HEADER).await();
            long seq = MessageFlyweight.seq(new UnsafeBuffer(asked), 0);
            assertEquals(HEADER, daemon.write(Arrays.copyOf(header(seq, response), HEADER + 512)));
            read.assertStatus(Errno.EIO);
        }
    }

    @Test
    void shouldPoisonWhatIsWrittenAfterAnAnswerToNothing() throws Exception {
        Submitted read = Submitted.read(queue, 0, 512);
        daemon.read(HEADER).await();
        assertEquals(HEADER, daemon.write(Arrays.copyOf(header(4711, SUCCESS), 100)));
        assertEquals(EINVAL, daemon.write(header(0, ERROR)));
        assertEquals(EINVAL, daemon.write(new byte[1]));
        assertFalse(read.isEnded());
        Submitted other = Submitted.read(queue, 0, 512);
        assertEquals(HEADER, daemon.read(HEADER).await().length, "reads go on");
        StreamCalls second = new StreamCalls(rig.open());
        Submitted third = Submitted.read(queue, 0, 512);
        second.read(HEADER).await();
        assertEquals(HEADER, second.write(header(2, ERROR)));
        third.assertStatus(Errno.EIO);
        daemon.close();
        read.assertStatus(Errno.EIO);
        other.assertStatus(Errno.EIO);
        assertTrue(rig.reports.toString().contains("has answered message 4711"), rig.reports::toString);
    }

    @ParameterizedTest
    @ValueSource(ints = {39, 40, 41, HEADER + 511})
    void shouldPoisonAfterAnAnswerToWhatIsNotReadToItsEnd(int read) throws Exception {
        Submitted write = Submitted.write(queue, 0, new byte[512]);
        for (int left = read; left > 0; ) {
            left -= daemon.read(left).await().length;
        }
        assertEquals(HEADER, daemon.write(header(0, SUCCESS)));
        assertEquals(EINVAL, daemon.write(header(0, SUCCESS)));
        assertFalse(write.isEnded());
    }

    @Test
    void shouldPoisonAfterASecondAnswerAndOneOfAnotherChannel() throws Exception {
        StreamCalls second = new StreamCalls(rig.open());
        Submitted flush = Submitted.submit(queue, RequestType.FLUSH, 0, 0, 0, null);
        daemon.read(HEADER).await();
        assertEquals(HEADER, second.write(header(0, SUCCESS)));
        assertEquals(EINVAL, second.write(header(0, SUCCESS)));
        assertFalse(flush.isEnded());
        assertEquals(HEADER, daemon.write(header(0, SUCCESS)));
        flush.assertStatus(Errno.OK);
        assertEquals(HEADER, daemon.write(header(0, SUCCESS)));
        assertEquals(EINVAL, daemon.write(header(0, SUCCESS)));
    }

    @Test
    void shouldInterruptAReadThatWaitsAndLoseNothing() throws Exception {
        StreamCalls.Read waiting = daemon.read(HEADER);
        assertTrue(daemon.interruptAll());
        assertEquals(Errno.EINTR, waiting.error());
        Submitted.read(queue, 0, 512);
        assertFalse(daemon.interruptAll());
        assertEquals(1, queue.undelivered());
        assertEquals(HEADER, daemon.read(HEADER).await().length);
    }

    @Test
    void shouldGiveAMessageInPartsToThreadsThatReadOneFile() throws Exception {
        StreamCalls.Read header = daemon.read(4096);
        StreamCalls.Read data = daemon.read(4096);
        StreamCalls.Read next = daemon.read(4096);
        Submitted write = Submitted.write(queue, 0, random(1, 512));
        assertEquals(HEADER, header.await().length);
        assertArrayEquals(random(1, 512), data.await());
        assertFalse(next.isDone());
        daemon.write(header(0, SUCCESS));
        write.assertStatus(Errno.OK);
        Submitted.read(queue, 0, 512);
        assertEquals(HEADER, next.await().length);
    }

    @Test
    void shouldFailWhatIsHalfReadAndHalfAnsweredWhenItCloses() throws Exception {
        Submitted halfAnswered = Submitted.read(queue, 0, 512);
        Submitted halfRead = Submitted.write(queue, 0, new byte[512]);
        Submitted undelivered = Submitted.read(queue, 0, 512);
        daemon.read(HEADER).await();
        daemon.write(Arrays.copyOf(answer(0, new byte[512]), 100));
        daemon.read(10).await();
        daemon.close();
        halfAnswered.assertStatus(Errno.EIO);
        halfRead.assertStatus(Errno.EIO);
        assertFalse(undelivered.isEnded());
    }

    @Test
    void shouldGiveWhatIsHalfReadAndHalfAnsweredToTheNextWhereItIsReissued() throws Exception {
        try (StreamChannelRig reissuing = new StreamChannelRig(true)) {
            StreamCalls first = new StreamCalls(reissuing.open());
            Submitted read = Submitted.read(reissuing.queue(), 0, 512);
            Submitted write = Submitted.write(reissuing.queue(), 0, random(1, 512));
            first.read(HEADER).await();
            first.write(Arrays.copyOf(answer(0, new byte[512]), 100));
            first.read(10).await();
            first.close();
            StreamCalls second = new StreamCalls(reissuing.open());
            assertEquals(
                    0, MessageFlyweight.seq(new UnsafeBuffer(second.read(HEADER).await()), 0));
            assertEquals(
                    1, MessageFlyweight.seq(new UnsafeBuffer(second.read(HEADER).await()), 0));
            assertArrayEquals(random(1, 512), second.read(4096).await());
            second.write(answer(0, random(2, 512)));
            second.write(header(1, SUCCESS));
            read.assertStatus(Errno.OK);
            write.assertStatus(Errno.OK);
            assertArrayEquals(random(2, 512), read.data());
        }
    }

    @Test
    void shouldEndReadsWithEnotblkAndTakeAnswersWhenTheTargetIsDestroyed() throws Exception {
        Submitted read = Submitted.read(queue, 0, 512);
        daemon.read(HEADER).await();
        StreamCalls.Read waiting = daemon.read(HEADER);
        queue.destroy();
        read.assertStatus(Errno.EIO);
        assertEquals(Errno.ENOTBLK, waiting.error());
        assertEquals(Errno.ENOTBLK, daemon.read(HEADER).error());
        byte[] answer = answer(0, new byte[512]);
        assertEquals(answer.length, daemon.write(answer));
        assertEquals(HEADER, daemon.write(header(0, SUCCESS)));
        assertEquals(EINVAL, daemon.write(header(0, SUCCESS)));
    }

    private static byte[] answer(long seq, byte[] data) {
        byte[] answer = Arrays.copyOf(header(seq, SUCCESS), HEADER + data.length);
        System.arraycopy(data, 0, answer, HEADER, data.length);
        return answer;
    }
}
