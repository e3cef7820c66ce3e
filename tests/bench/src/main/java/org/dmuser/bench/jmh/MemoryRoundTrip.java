package org.dmuser.bench.jmh;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.agrona.BufferUtil;
import org.dmuser.channel.AnswerLooker;
import org.dmuser.channel.Errno;
import org.dmuser.channel.Message;
import org.dmuser.channel.MessageQueue;
import org.dmuser.channel.MessageQueues;
import org.dmuser.channel.RequestType;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A message through a memory channel to a handler that does nothing, and back, while both sides look for it without
 * sleeping: the thread that submits takes the answer itself, as a reader of /dev/fuse does.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class MemoryRoundTrip {
    /** Where the handler is. */
    public enum Where {
        /** On a thread of this process. */
        THREAD,
        /** In a process of its own. */
        PROCESS
    }

    private static final int LENGTH = 4096;

    /** Where the handler is. */
    @Param({"THREAD", "PROCESS"})
    public Where handler;

    private final ByteBuffer data = BufferUtil.allocateDirectAligned(LENGTH, LENGTH);
    private final MessageQueue queue = new MessageQueue();
    private final MessageQueues queues = new MessageQueues();
    private final Message message = new Message((ended, result) -> status = result);
    private final AnswerLooker looker = new AnswerLooker();

    private MemoryRig rig;
    private volatile Errno status;

    /** Attaches the handler. */
    @Setup
    public void setUp() throws IOException, InterruptedException {
        queues.add(queue);
        rig = MemoryRig.open(queue, handler);
    }

    /** Takes all of it away. */
    @TearDown
    public void tearDown() throws IOException, InterruptedException {
        looker.leave();
        rig.close();
    }

    /** Nothing but the message. */
    @Benchmark
    public Errno flush() {
        return exchange(message.prepare(RequestType.FLUSH, 0, 0, 0, null));
    }

    /** With 4 KiB that are copied into a slot. */
    @Benchmark
    public Errno write() {
        return exchange(message.prepare(RequestType.WRITE, 0, 8, LENGTH, data));
    }

    private Errno exchange(Message prepared) {
        status = null;
        queue.submit(prepared);
        while (status == null) {
            if (looker.look(queues) == 0) {
                Thread.onSpinWait();
            }
        }
        if (status != Errno.OK) {
            throw new IllegalStateException(prepared + " ended with " + status);
        }
        return status;
    }
}
