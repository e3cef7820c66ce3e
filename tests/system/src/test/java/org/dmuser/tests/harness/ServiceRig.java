package org.dmuser.tests.harness;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code dmuser serve} in a process of its own, and the commands it takes. */
public final class ServiceRig {
    private static final Duration STOP = Duration.ofSeconds(30);

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

    /** A command that has to succeed. */
    public String run(String... arguments) throws Exception {
        return sandbox.dmuser(arguments).requireSuccess().out();
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
            Outcome stop = sandbox.dmuser("stop");
            try {
                process.await(STOP);
            } finally {
                process.kill();
            }
            stop.requireSuccess();
        }
    }
}
