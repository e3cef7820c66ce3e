package org.dmuser.bench.contender;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The processor time of a process, of all its threads past and present, from {@code /proc/PID/stat}. */
final class ProcessorTime {
    /** The kernel's USER_HZ, the same on all machines Java runs on. */
    private static final long TICK_NS = TimeUnit.SECONDS.toNanos(1) / 100;

    /** Words 14 and 15 of the line; the second one, a name in parentheses, may hold spaces. */
    private static final int USER_AFTER_NAME = 11;

    private ProcessorTime() {}

    /**
     * In ns, user mode and kernel, in steps of 10 ms.
     *
     * @throws IOException if there is no such process
     */
    static long ofProcess(long pid) throws IOException {
        return parse(Files.readString(Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1));
    }

    static long parse(String stat) {
        String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(words[USER_AFTER_NAME]) + Long.parseLong(words[USER_AFTER_NAME + 1])) * TICK_NS;
    }
}
