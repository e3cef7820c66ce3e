package org.dmuser.bench.jmh;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.dmuser.shim.bio.Bio;
import org.dmuser.shim.bio.BioOp;
import org.dmuser.shim.bio.EndListener;
import org.dmuser.shim.bio.Submission;
import org.dmuser.shim.dm.DmException;
import org.dmuser.shim.dm.MappedDevice;
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

/**
 * A device suspended and resumed while twice as many threads as there are processors write to it as fast as they can.
 * What is in flight takes less than a microsecond to end, so all of this is beyond the requests in flight. The longest
 * of the samples is what counts.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class SuspendUnderLoad {
    private static final int TARGETS = 8;
    private static final int LENGTH = 16384;

    private final List<Thread> writers = new ArrayList<>();
    private Devices devices;
    private MappedDevice device;
    private volatile boolean done;

    /** Makes the device, and the load. */
    @Setup
    public void setUp() throws DmException {
        devices = new Devices();
        device = devices.makeZero("loaded", TARGETS);
        for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
            Thread writer = new Thread(this::write, "writer-" + i);
            writers.add(writer);
            writer.start();
        }
    }

    private void write() {
        Bio bio = new Bio();
        ByteBuffer data = ByteBuffer.allocateDirect(LENGTH);
        Semaphore ended = new Semaphore(0);
        EndListener listener = (same, status) -> {
            ended.release();
            return status;
        };
        while (!done) {
            Submission.submit(bio.start(BioOp.WRITE, 0, 0, LENGTH, data, listener), device);
            ended.acquireUninterruptibly();
        }
    }

    /** Takes them away. */
    @TearDown
    public void tearDown() throws InterruptedException {
        done = true;
        for (Thread writer : writers) {
            writer.join();
        }
        devices.close();
    }

    @Benchmark
    public void suspendAndResume() throws DmException {
        device.suspend(false);
        device.resume(false);
    }
}
