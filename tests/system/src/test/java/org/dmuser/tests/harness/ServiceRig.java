package org.dmuser.tests.harness;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.dmuser.cli.Dmuser;

/** {@code dmuser serve} in a process of its own, and the commands it takes. */
public final class ServiceRig {
    /** Commands that only speak to the service. */
    private static final Set<String> BRIEF = Set.of(
            "channels",
            "clear",
            "create",
            "info",
            "load",
            "ls",
            "message",
            "remove",
            "resume",
            "status",
            "stop",
            "suspend",
            "table");

    private final Sandbox sandbox;
    private final CliProcess process;

    ServiceRig(Sandbox sandbox, List<String> arguments) throws Exception {
        this.sandbox = sandbox;
        List<String> words = new ArrayList<>(List.of("serve"));
        words.addAll(arguments);
        process = sandbox.start(words.toArray(String[]::new));
    }

    void awaitReady() throws Exception {
        process.awaitReady();
        sandbox.noteSharedMemory();
    }

    public CliProcess process() {
        return process;
    }

    /** A command that has to succeed, in this process if it is a brief one. */
    public String run(String... arguments) throws Exception {
        Outcome outcome = BRIEF.contains(arguments[0]) ? inProcess(arguments) : sandbox.dmuser(arguments);
        return outcome.requireSuccess().out();
    }

    /** A brief command, which may fail, with something to read on its standard input. */
    public Outcome tryReading(String input, String... arguments) {
        List<String> words =
                new ArrayList<>(List.of("--run-dir", sandbox.runDirectory().toString()));
        words.addAll(List.of(arguments));
        InputStream in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
        return InProcess.run(words, in, () -> Dmuser.run(words.toArray(String[]::new)));
    }

    private Outcome inProcess(String... arguments) {
        return tryReading("", arguments);
    }

    /** A device with one {@code user} target, of that many sectors. */
    public Path createUser(String name, long sectors) throws Exception {
        run("create", name, "--table", "0 " + sectors + " user 0 " + sectors + " " + name);
        return file(name);
    }

    /** The file of a device. */
    public Path file(String name) {
        return sandbox.runDirectory().resolve("mapper").resolve(name);
    }

    /** How many requests the daemons of a device that are there now have been given. */
    public long requests(String device) throws Exception {
        return run("channels")
                .lines()
                .filter(line -> line.startsWith(device + "."))
                .mapToLong(line -> Long.parseLong(line.split(" +")[1]))
                .sum();
    }

    /** A daemon, once it serves. */
    public CliProcess attach(String device, String... handlerAndMore) throws Exception {
        return startAttach(device, handlerAndMore).awaitReady();
    }

    /** A daemon that has been started, and no more. */
    public CliProcess startAttach(String device, String... handlerAndMore) throws Exception {
        List<String> words = new ArrayList<>(List.of("attach", device));
        words.addAll(List.of(handlerAndMore));
        return sandbox.start(words.toArray(String[]::new));
    }

    /** {@code kill -9} of the service. */
    public void kill() throws Exception {
        process.kill();
    }

    /** Says stop; one that does not is a failure, and is killed. */
    public void stop() throws Exception {
        if (process.isAlive()) {
            Outcome stop = inProcess("stop");
            try {
                process.await(Sandbox.SHORT);
            } finally {
                process.kill();
            }
            stop.requireSuccess();
        }
    }
}
