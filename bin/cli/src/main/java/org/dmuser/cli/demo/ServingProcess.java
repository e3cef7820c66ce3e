package org.dmuser.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.dmuser.cli.base.CliException;
import org.dmuser.cli.base.StopSignal;
import org.dmuser.cli.system.ExternalCommand;

/** A command of this program that serves something until it is ended. */
final class ServingProcess {
    private static final String READY = "Ctrl-C ends it";
    private static final long POLL_MS = 10;

    private final String typed;
    private final Process process;
    private final Path log;

    private ServingProcess(String typed, Process process, Path log) {
        this.typed = typed;
        this.process = process;
        this.log = log;
    }

    static ServingProcess start(String typed, ExternalCommand command, Path log) {
        return new ServingProcess(typed, command.start(log), log);
    }

    /** Answers how to type it, and what it printed. */
    String awaitReady(StopSignal stop) throws IOException, InterruptedException {
        long deadlineNs = System.nanoTime() + Demo.STEP_TIMEOUT.toNanos();
        while (!Files.readString(log).contains(READY)) {
            if (process.waitFor(POLL_MS, TimeUnit.MILLISECONDS)) {
                throw new CliException(
                        typed + " failed: " + Files.readString(log).strip());
            }
            if (stop.isRequested()) {
                throw new CliException("stopped");
            }
            if (System.nanoTime() > deadlineNs) {
                throw new CliException(typed + " is not ready: " + Files.readString(log));
            }
        }
        return "$ " + typed + "\n" + Files.readString(log);
    }

    /** As Ctrl-C does; one that has ended is left alone. */
    void end() throws IOException, InterruptedException {
        process.destroy();
        if (!process.waitFor(Demo.STEP_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
            throw new CliException(typed + " does not end");
        }
        if (process.exitValue() != 0) {
            throw new CliException(typed + " failed: " + Files.readString(log).strip());
        }
    }
}
