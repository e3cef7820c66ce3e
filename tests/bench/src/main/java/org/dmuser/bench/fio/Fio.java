package org.dmuser.bench.fio;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.dmuser.cli.base.CliException;
import org.dmuser.cli.base.StopSignal;
import org.dmuser.cli.system.ExternalCommand;

/** Runs fio, one run at a time, on files of one size. */
public final class Fio {
    private final long size;
    private final Path output;
    private final StopSignal stop;

    /**
     * @param size of the files, in bytes
     * @param directory for its output
     */
    public Fio(long size, Path directory, StopSignal stop) {
        this.size = size;
        this.output = directory.resolve("fio.json");
        this.stop = stop;
    }

    /** Writes all of a file once, so that whatever serves it has memory for all of it. */
    public void fill(Path file) throws IOException, InterruptedException {
        run(file, "psync", List.of("--name=fill", "--rw=write", "--bs=1m"));
    }

    /** Reads and writes for a while, with several jobs, and forgets what it has measured. */
    public void warmUp(Path file, Duration duration) throws IOException, InterruptedException {
        List<String> options = List.of("--name=warm-up", "--rw=randrw", "--bs=4k", "--numjobs=4");
        run(file, "psync", Stream.concat(options.stream(), timed(duration)).toList());
    }

    /** Measures one row. */
    public FioFigures measure(Path file, Row row, Duration duration) throws IOException, InterruptedException {
        List<String> options = List.of(
                "--name=" + row.label(),
                "--rw=" + row.pattern(),
                "--bs=" + row.blockSize(),
                "--iodepth=" + row.depth(),
                "--numjobs=" + row.jobs());
        run(file, row.engine(), Stream.concat(options.stream(), timed(duration)).toList());
        try {
            String json = Files.readString(output);
            // Warnings stand before it.
            return FioFigures.parse(json.substring(Math.max(0, json.indexOf('{'))));
        } catch (IllegalArgumentException e) {
            throw new CliException("fio, row " + row.label() + ": " + e.getMessage(), e);
        }
    }

    private static Stream<String> timed(Duration duration) {
        return Stream.of("--time_based", String.format(Locale.ROOT, "--runtime=%dms", duration.toMillis()));
    }

    /**
     * @throws CliException if it failed, or the user has asked for the end
     */
    private void run(Path file, String engine, List<String> options) throws IOException, InterruptedException {
        Files.deleteIfExists(output);
        Stream<String> common = Stream.of(
                "fio",
                "--filename=" + file,
                "--size=" + size,
                "--ioengine=" + engine,
                "--direct=1",
                "--allow_file_create=0",
                "--disk_util=0",
                "--group_reporting",
                "--output-format=json",
                "--output=" + output);
        ExternalCommand.of(Stream.concat(common, options.stream()).toList()).run(stop);
    }
}
