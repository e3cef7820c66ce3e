package org.dmuser.tests.harness;

import java.nio.file.Path;
import java.util.List;

/** {@code bin/dmuser} in a process of its own. */
public final class CliProcess extends Running {
    CliProcess(List<String> command, Process process, Path out, Path err) {
        super(command, process, out, err);
    }

    /** {@code bin/dmuser}. */
    public static Path launcher() {
        String path = System.getProperty("dmuser.launcher");
        if (path == null) {
            throw new IllegalStateException("system property dmuser.launcher is not set to the path of bin/dmuser");
        }
        return Path.of(path);
    }

    /** Waits until the command says that what it makes can be used. */
    public CliProcess awaitReady() throws Exception {
        awaitOutput("Ctrl-C ends it", Sandbox.SHORT);
        return this;
    }
}
