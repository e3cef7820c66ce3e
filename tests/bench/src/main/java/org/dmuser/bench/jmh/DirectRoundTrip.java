package org.dmuser.bench.jmh;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.agrona.BufferUtil;
import org.dmuser.channel.DirectChannel;
import org.dmuser.channel.Errno;
import org.dmuser.channel.Message;
import org.dmuser.channel.MessageQueue;
import org.dmuser.channel.RequestType;
import org.dmuser.sdk.DeviceInfo;
import org.dmuser.sdk.dispatch.HandlerDispatcher;
import org.dmuser.shim.dm.DmException;
import org.dmuser.shim.target.user.UserTargetType;
import org.dmuser.shim.target.user.UserTargets;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A write of 4 KiB to a handler in this process that does nothing. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class DirectRoundTrip {
    private static final int LENGTH = 4096;
    private static final DeviceInfo INFO = new DeviceInfo("disk", 2048 * 512, false);

    private final ByteBuffer data = BufferUtil.allocateDirectAligned(LENGTH, LENGTH);
    private final MessageQueue queue = new MessageQueue();
    private final Message message = new Message((ended, result) -> status = result);

    private HandlerDispatcher dispatcher;
    private Devices devices;
    private Bios bios;
    private Errno status;

    /** Attaches the handler to a queue of its own, and to that of a device. */
    @Setup
    public void setUp() throws IOException, DmException {
        dispatcher = HandlerDispatcher.open("null", new NullHandler(), INFO, DirectRoundTrip::fail);
        open(queue);
        UserTargets targets = new UserTargets(DirectRoundTrip::fail);
        devices = new Devices(new UserTargetType(targets));
        bios = new Bios(devices.make("disk", "0 2048 user 0 2048 disk"), LENGTH);
        open(targets.find("disk").orElseThrow().queue());
    }

    private void open(MessageQueue target) throws IOException {
        DirectChannel.open(target, dispatcher, problem -> fail(problem.toString()));
    }

    private static void fail(String report) {
        throw new IllegalStateException(report);
    }

    /** Takes all of it away. */
    @TearDown
    public void tearDown() throws IOException {
        queue.destroy();
        devices.close();
        dispatcher.close();
    }

    /** From the target on: numbered, given to the channel, dispatched, answered. */
    @Benchmark
    public Errno message() {
        queue.submit(message.prepare(RequestType.WRITE, 0, 8, LENGTH, data));
        return status;
    }

    /** From the front end on: through the device mapper as well. */
    @Benchmark
    public Errno bio() {
        return bios.write(8);
    }
}
