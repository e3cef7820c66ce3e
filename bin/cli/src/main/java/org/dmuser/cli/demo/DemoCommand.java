package org.dmuser.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.dmuser.cli.base.CliException;
import org.dmuser.cli.base.Console;
import org.dmuser.cli.base.DmuserCommand;
import org.dmuser.cli.base.StopSignal;
import org.dmuser.cli.base.UndoStack;
import org.dmuser.shim.service.Problems;
import org.dmuser.shim.service.RunDirectory;
import picocli.CommandLine.Command;

/** {@code dmuser demo}. */
@Command(
        name = "demo",
        description = "Shows on this machine what dmuser does, in about a minute, and leaves nothing behind.",
        footer = {
            "",
            "A service and daemons in processes of their own; a file system with thousands of files on a disk in"
                    + " memory, checked, compared and trimmed; a daemon killed under load, and another that takes over."
                    + " Everything is in a directory of its own in /tmp, and gone at the end. Needs root. The last line"
                    + " is 'demo: OK'."
        })
public final class DemoCommand extends DmuserCommand {
    /** Nothing in the demo takes that long unless something is wrong. */
    static final Duration STEP_TIMEOUT = Duration.ofSeconds(60);

    @Override
    public Integer call() throws IOException {
        if (!RunDirectory.isRoot()) {
            throw new CliException("the demo mounts file systems and needs root: run it with sudo");
        }
        StopSignal stop = StopSignal.install(STEP_TIMEOUT.plusSeconds(10));
        DemoPlace place = DemoPlace.make();
        WhatIsLeft left = new WhatIsLeft(place);
        UndoStack undo = new UndoStack(stop);
        undo.pushAgain("deleting " + place.path(), place::delete);
        Steps steps = new Steps(stop);
        Console.println("dmuser demo: a disk that is a Java object, used like any other disk. All of it is in "
                + place.path() + ".");
        try {
            run(place, left, undo, steps, stop);
        } catch (Steps.FailedException e) {
            Console.println("demo: FAILED, " + e.getMessage() + ": " + Problems.describe(e.getCause()));
            undo.unwind().forEach(Console::error);
            left.find().forEach(what -> Console.error("left behind: " + what));
            return CliException.FAILED;
        }
        Console.println(String.format(Locale.ROOT, "all of it took %.1f s", steps.totalSeconds()));
        Console.println("demo: OK");
        return 0;
    }

    private static void run(DemoPlace place, WhatIsLeft left, UndoStack undo, Steps steps, StopSignal stop)
            throws Steps.FailedException {
        DemoProcesses dmuser = new DemoProcesses(place, stop);
        steps.run("start the service", () -> {
            undo.push("stopping the service", () -> stopService(place, dmuser));
            String said = dmuser.run("serve", "--detach");
            left.noteChannelDirectory();
            return said;
        });
        new FileSystemPart(place, dmuser, steps, undo, stop).run();
        new CrashPart(place, dmuser, steps, undo, stop).run();
        steps.run("stop the service, clean up, and look for what is left", () -> {
            orThrow("not undone: ", undo.unwind());
            orThrow("left behind: ", left.find());
            return "no mount, loop device, process, shared memory or file of the demo is left";
        });
    }

    private static void stopService(DemoPlace place, DemoProcesses dmuser) throws IOException, InterruptedException {
        if (Files.exists(new RunDirectory(place.runDirectory()).control())) {
            dmuser.runToEnd("stop");
        }
    }

    private static void orThrow(String what, List<String> problems) {
        if (!problems.isEmpty()) {
            throw new CliException(what + String.join("; ", problems));
        }
    }
}
