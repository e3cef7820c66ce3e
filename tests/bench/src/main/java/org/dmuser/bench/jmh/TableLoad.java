package org.dmuser.bench.jmh;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.dmuser.shim.dm.DmException;
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

/** A table of 100,000 linear lines on one file, read, made and put in the place of another such. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 10)
@Fork(2)
public class TableLoad {
    private static final int LINES = 100_000;
    private static final int SECTORS = 1 << 17;

    private Path file;
    private String table;
    private Devices devices;

    /** Makes file and device. */
    @Setup
    public void setUp() throws IOException, DmException {
        file = Files.createTempFile("dmuser-bench", ".disk");
        try (RandomAccessFile disk = new RandomAccessFile(file.toFile(), "rw")) {
            disk.setLength((long) SECTORS << 9);
        }
        table = IntStream.range(0, LINES)
                .mapToObj(line -> line + " 1 linear " + file + " " + line * 7919L % SECTORS)
                .collect(Collectors.joining("\n"));
        devices = new Devices();
        devices.makeZero("table", 1);
    }

    /** Takes them away. */
    @TearDown
    public void tearDown() throws IOException {
        devices.close();
        Files.delete(file);
    }

    @Benchmark
    public void load() throws DmException {
        devices.load("table", table);
    }
}
