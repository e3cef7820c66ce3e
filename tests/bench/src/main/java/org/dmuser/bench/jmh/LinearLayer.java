package org.dmuser.bench.jmh;

import java.util.concurrent.TimeUnit;
import org.dmuser.channel.Errno;
import org.dmuser.shim.dm.DmException;
import org.dmuser.shim.dm.MappedDevice;
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

/** A write of 4 KiB through linear devices, one on top of the other, to a target that drops it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class LinearLayer {
    private static final String ZERO = "0 2048 zero";

    /** How many of them. */
    @Param({"0", "1", "2", "3"})
    public int layers;

    private Devices devices;
    private Bios bios;

    /** Makes the devices. */
    @Setup
    public void setUp() throws DmException {
        devices = new Devices();
        MappedDevice device = devices.make("layer0", ZERO);
        for (int i = 1; i <= layers; i++) {
            device = devices.make("layer" + i, "0 2048 linear " + Devices.path("layer" + (i - 1)) + " 0");
        }
        bios = new Bios(device, 4096);
    }

    /** Removes them. */
    @TearDown
    public void tearDown() {
        devices.close();
    }

    @Benchmark
    public Errno write() {
        return bios.write(8);
    }
}
