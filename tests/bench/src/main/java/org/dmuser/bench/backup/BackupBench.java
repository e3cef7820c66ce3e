package org.dmuser.bench.backup;

import org.dmuser.bench.Bench;

/** The program that {@code bin/bench backup} starts. */
public final class BackupBench {
    private BackupBench() {}

    /** Runs the benchmark and ends the process with its status. */
    public static void main(String[] arguments) {
        Bench.run(new BackupBenchCommand(), "bench backup", arguments);
    }
}
