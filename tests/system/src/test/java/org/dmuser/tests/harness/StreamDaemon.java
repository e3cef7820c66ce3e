package org.dmuser.tests.harness;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The daemon in C that serves a stream channel. What its options mean is said at the beginning of its source. */
public final class StreamDaemon {
    private static final Path SOURCE = Path.of("src/test/c/stream-daemon.c").toAbsolutePath();

    private final Sandbox sandbox;
    private final Path program;

    private StreamDaemon(Sandbox sandbox, Path program) {
        this.sandbox = sandbox;
        this.program = program;
    }

    /** Compiles it. */
    public static StreamDaemon compile(Sandbox sandbox) throws Exception {
        Path program = sandbox.path("stream-daemon");
        sandbox.program(
                        "gcc",
                        "-O1",
                        "-Wall",
                        "-Wextra",
                        "-Werror",
                        "-pthread",
                        "-o",
                        program.toString(),
                        SOURCE.toString())
                .requireSuccess();
        return new StreamDaemon(sandbox, program);
    }

    /** The channel that a control name has. */
    public Path channel(String name) {
        return sandbox.runDirectory().resolve("dm-user").resolve(name);
    }

    /** Serves {@code size} bytes; it does when this returns. */
    public Running start(String name, long size, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(program.toString(), "-s", Long.toString(size)));
        command.addAll(List.of(options));
        command.add(channel(name).toString());
        Running daemon = sandbox.startProgram(command.toArray(String[]::new));
        daemon.awaitOutput("^serving$", Sandbox.SHORT);
        return daemon;
    }
}
