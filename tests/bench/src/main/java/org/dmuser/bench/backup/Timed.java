package org.dmuser.bench.backup;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.dmuser.cli.base.CliException;
import org.dmuser.cli.base.StopSignal;

/** Runs a command to its end, and tells what it took. */
final class Timed {
    /**
     * What a command took.
     *
     * @param seconds from its start to its end
     * @param processorSeconds in user mode and in the kernel, of all its processes
     * @param peakBytes the most memory it had
     */
    record Cost(double seconds, double processorSeconds, long peakBytes) {
        /** What {@code time -f '%U %S %M'} wrote last. */
        static Cost parse(double seconds, String text) {
            List<String> lines = text.strip().lines().toList();
            String[] words = lines.get(lines.size() - 1).split(" ");
            if (words.length != 3) {
                throw new IllegalArgumentException("not the output of time: " + text);
            }
            double processor = Double.parseDouble(words[0]) + Double.parseDouble(words[1]);
            return new Cost(seconds, processor, Long.parseLong(words[2]) << 10);
        }
    }

    private static final long POLL_MS = 100;
    private static final int SUMMARY = 600;

    private final Path log;
    private final Path times;
    private final StopSignal stop;

    Timed(Path directory, StopSignal stop) {
        log = directory.resolve("command.log");
        times = directory.resolve("command.time");
        this.stop = stop;
    }

    /**
     * Runs it.
     *
     * @throws CliException if it fails, or the user has asked for the end
     */
    Cost run(Map<String, String> environment, List<String> words) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("setsid", "time", "-q", "-f", "%U %S %M", "-o", times.toString()));
        command.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(new File("/dev/null"));
        builder.environment().putAll(environment);
        builder.environment().put("DMUSER_BUILD", "never");
        long startNs = System.nanoTime();
        Process process = builder.start();
        Runnable kill = () -> end(process);
        stop.onRequest(kill);
        try {
            int status = process.waitFor();
            double seconds = (System.nanoTime() - startNs) / 1e9;
            if (status != 0 || stop.isRequested()) {
                throw new CliException("'" + String.join(" ", words) + "' failed: " + lastWords());
            }
            return Cost.parse(seconds, Files.readString(times));
        } finally {
            stop.forget(kill);
        }
    }

    /** With its children: time itself passes no signal on. */
    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroy);
        try {
            while (!process.waitFor(POLL_MS, TimeUnit.MILLISECONDS)) {
                process.descendants().forEach(ProcessHandle::destroy);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String lastWords() throws IOException {
        String text = Files.readString(log).strip().replace('\n', ';');
        return text.substring(Math.max(0, text.length() - SUMMARY));
    }
}
