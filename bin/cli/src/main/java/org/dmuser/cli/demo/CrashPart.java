package org.dmuser.cli.demo;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.dmuser.cli.base.CliException;
import org.dmuser.cli.base.StopSignal;
import org.dmuser.cli.base.UndoStack;

/** A daemon is killed under load: what it had begun fails, what it had not waits for the next one. */
final class CrashPart {
    private static final String DEVICE = "safe";
    private static final String SECTORS = "524288";
    private static final long WRITES_BEFORE = 1_000;
    private static final long POLL_MS = 10;

    private final DemoPlace place;
    private final DemoProcesses dmuser;
    private final Steps steps;
    private final UndoStack undo;
    private final StopSignal stop;
    private final WriteLoad load;

    private ProcessHandle daemon;
    private long acknowledgedAtKill;

    CrashPart(Stage stage) {
        this.place = stage.place();
        this.dmuser = stage.dmuser();
        this.steps = stage.steps();
        this.undo = stage.undo();
        this.stop = stage.stop();
        this.load = new WriteLoad(place.device(DEVICE));
    }

    void run() throws Steps.FailedException {
        steps.run("make a device that is kept in a file, and serve it", this::createAndAttach);
        steps.run("put it under load", this::startLoad);
        steps.run("kill -9 its daemon", this::kill);
        steps.run("start a new daemon: the load goes on", this::attachAgain);
        steps.run("stop the load, and read what was acknowledged", this::verify);
        steps.run("remove the device", () -> dmuser.run("remove", DEVICE));
    }

    private String createAndAttach() throws IOException, InterruptedException {
        String created = dmuser.run("create", DEVICE, "--table", "0 " + SECTORS + " user 0 " + SECTORS + " " + DEVICE);
        return created + attach();
    }

    private String attach() throws IOException, InterruptedException {
        // Slow enough that a daemon has always begun something.
        String said = dmuser.run(
                "attach",
                DEVICE,
                "file",
                "path=" + place.image(),
                "create=" + SECTORS + "s",
                "--filter",
                "delay:write=1ms",
                "--channels",
                "2",
                "--detach");
        daemon = DemoProcesses.process(said);
        return said;
    }

    private String startLoad() throws InterruptedException {
        undo.push("stopping the writers", load::requestStop);
        load.start();
        await("the first " + WRITES_BEFORE + " writes", () -> load.acknowledged() >= WRITES_BEFORE);
        return load.writerCount() + " threads write blocks of 4 KiB, each remembers what was acknowledged";
    }

    private String kill() throws InterruptedException {
        long pid = daemon.pid();
        daemon.destroyForcibly();
        await("all writes to end or to wait", this::standsStill);
        acknowledgedAtKill = load.acknowledged();
        return "process %d is dead: %d writes had been acknowledged, %d it had begun failed%s,%nthe others wait"
                .formatted(
                        pid,
                        acknowledgedAtKill,
                        load.failed(),
                        load.failure() == null ? "" : " (" + load.failure() + ")");
    }

    private boolean standsStill() {
        long before = load.acknowledged() + load.failed();
        for (int i = 0; i < 10; i++) {
            pause();
        }
        return before == load.acknowledged() + load.failed();
    }

    private String attachAgain() throws IOException, InterruptedException {
        long failedBefore = load.failed();
        String said = attach();
        await("writes to go on", () -> load.acknowledged() >= acknowledgedAtKill + WRITES_BEFORE);
        if (load.failed() != failedBefore) {
            throw new CliException("writes failed that should have waited: " + (load.failed() - failedBefore));
        }
        return said + (load.acknowledged() - acknowledgedAtKill) + " more writes acknowledged, and none failed";
    }

    private String verify() throws IOException, InterruptedException {
        if (!load.stop()) {
            throw new CliException("a write hangs");
        }
        return load.acknowledged() + " writes into " + load.verify() + " blocks: every block is as acknowledged";
    }

    private void await(String what, BooleanSupplier condition) throws InterruptedException {
        long deadlineNs = System.nanoTime() + Demo.STEP_TIMEOUT.toNanos();
        while (!condition.getAsBoolean()) {
            if (stop.isRequested()) {
                throw new CliException("stopped");
            }
            if (System.nanoTime() > deadlineNs) {
                throw new CliException("waited " + Demo.STEP_TIMEOUT.toSeconds() + " s for " + what + " in vain: "
                        + load.acknowledged() + " acknowledged, " + load.failed() + " failed");
            }
            pause();
        }
    }

    private static void pause() {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(POLL_MS));
    }
}
