package org.dmuser.bench.jmh;

import java.util.concurrent.TimeUnit;
import org.dmuser.channel.Errno;
import org.dmuser.shim.dm.DmException;
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

/** A write that lies in several targets of 4 KiB each, and is cut into as many pieces. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class SplitBio {
    private static final int TARGETS = 8;

    /** How many; one is not cut. */
    @Param({"1", "2", "8"})
    public int pieces;

    private Devices devices;
    private Bios bios;

    /** Makes the device. */
    @Setup
    public void setUp() throws DmException {
        devices = new Devices();
        bios = new Bios(devices.makeZero("split", TARGETS), pieces * 4096);
    }

    /** Removes it. */
    @TearDown
    public void tearDown() {
        devices.close();
    }

    @Benchmark
    public Errno write() {
        return bios.write(0);
    }
}
