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

/** A write of 4 KiB to one of many targets. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class TableLookup {
    /** Odd, and far from any round number: visits all targets, in an order that looks like none. */
    private static final int STRIDE = 0x9e3779b1;

    /** How many; a power of two. */
    @Param({"1", "16", "1024", "131072"})
    public int targets;

    private Devices devices;
    private Bios bios;
    private int next;

    /** Makes the device. */
    @Setup
    public void setUp() throws DmException {
        devices = new Devices();
        bios = new Bios(devices.makeZero("table", targets), 4096);
    }

    /** Removes it. */
    @TearDown
    public void tearDown() {
        devices.close();
    }

    @Benchmark
    public Errno write() {
        next += STRIDE;
        return bios.write(((next >>> 8) & targets - 1) * 8L);
    }
}
