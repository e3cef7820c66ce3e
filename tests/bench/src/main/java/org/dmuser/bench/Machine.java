package org.dmuser.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dmuser.bench.report.Conditions;
import org.dmuser.cli.base.CliException;
import org.dmuser.cli.base.StopSignal;
import org.dmuser.cli.system.ExternalCommand;

/** Facts of this machine, none of which tells whose it is. */
public final class Machine {
    private static final Path PROC = Path.of("/proc");

    private Machine() {}

    /**
     * Those of a run that began today; what they mean is said there.
     *
     * @param load before it
     */
    public static Conditions conditions(
            boolean quick, Duration perRow, int repetitions, long size, double load, List<String> versions)
            throws IOException {
        return new Conditions(
                LocalDate.now(ZoneOffset.UTC),
                quick,
                perRow,
                repetitions,
                size,
                Runtime.getRuntime().availableProcessors(),
                processor(),
                memory("MemTotal"),
                kernel(),
                load,
                versions);
    }

    /** What the processor calls itself. */
    public static String processor() throws IOException {
        return value(PROC.resolve("cpuinfo"), "model name").orElse("unknown processor");
    }

    /** The release of the kernel. */
    public static String kernel() throws IOException {
        return Files.readString(PROC.resolve("sys/kernel/osrelease")).strip();
    }

    /** Runnable processes, the kernel's average over a minute. */
    public static double load() throws IOException {
        return Double.parseDouble(Files.readString(PROC.resolve("loadavg")).split(" ")[0]);
    }

    /** Bytes of memory that could be used without swapping. */
    public static long memoryAvailable() throws IOException {
        return memory("MemAvailable");
    }

    private static long memory(String name) throws IOException {
        String value = value(PROC.resolve("meminfo"), name)
                .orElseThrow(() -> new CliException("/proc/meminfo has no " + name));
        return Long.parseLong(value.replace(" kB", "")) << 10;
    }

    private static Optional<String> value(Path file, String name) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst();
    }

    /** What is measured, and with what; what is not installed is left out. */
    public static List<String> versions() throws InterruptedException {
        List<String> versions = new ArrayList<>();
        versions.add("Java " + System.getProperty("java.runtime.version"));
        for (List<String> command : List.of(
                List.of("fio", "--version"),
                List.of("nbdkit", "--version"),
                List.of("nbdfuse", "--version"),
                List.of("qemu-storage-daemon", "--version"),
                List.of("restic", "version"))) {
            if (ExternalCommand.exists(command.get(0))) {
                ExternalCommand.of(command)
                        .tryRun(StopSignal.never())
                        .output()
                        .lines()
                        .findFirst()
                        .ifPresent(versions::add);
            }
        }
        ExternalCommand.Result libfuse =
                ExternalCommand.of("pkg-config", "--modversion", "fuse3").tryRun(StopSignal.never());
        if (libfuse.isSuccess()) {
            versions.add("libfuse " + libfuse.output().strip());
        }
        return versions;
    }
}
