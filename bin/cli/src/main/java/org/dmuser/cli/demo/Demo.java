package org.dmuser.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.dmuser.cli.base.CliException;
import org.dmuser.cli.base.Console;
import org.dmuser.cli.base.StopSignal;
import org.dmuser.cli.base.UndoStack;
import org.dmuser.shim.service.Problems;
import org.dmuser.shim.service.RunDirectory;

/** What every demo does around its parts: a place of its own, a service, and a look at what is left. */
final class Demo {
    /** Nothing in a demo takes that long unless something is wrong. */
    static final Duration STEP_TIMEOUT = Duration.ofSeconds(200);

    /** What is shown. */
    @FunctionalInterface
    interface Parts {
        void run(Stage stage) throws Steps.FailedException;
    }

    private Demo() {}

    /**
     * Runs all of it; answers the exit status.
     *
     * @param subject what is shown, for the first line
     */
    static int run(String subject, Parts parts) throws IOException {
        if (!RunDirectory.isRoot()) {
            throw new CliException("the demo mounts file systems and needs root: run it with sudo");
        }
        StopSignal stop = StopSignal.install(STEP_TIMEOUT.plusSeconds(10));
        DemoPlace place = DemoPlace.make();
        WhatIsLeft left = new WhatIsLeft(place);
        UndoStack undo = new UndoStack(stop);
        undo.pushAgain("deleting " + place.path(), place::delete);
        Stage stage = new Stage(place, new DemoProcesses(place, stop), new Steps(stop, place), undo, stop);
        Console.println("dmuser demo: " + subject + ". All of it is in " + place.path()
                + ". File names are as seen from there.");
        try {
            run(stage, left, parts);
        } catch (Steps.FailedException e) {
            Console.println("demo: FAILED, " + e.getMessage() + ": " + Problems.describe(e.getCause()));
            undo.unwind().forEach(Console::error);
            left.find().forEach(what -> Console.error("left behind: " + what));
            return CliException.FAILED;
        }
        Console.println(String.format(
                Locale.ROOT, "all of it took %.1f s", stage.steps().totalSeconds()));
        Console.println("demo: OK");
        return 0;
    }

    private static void run(Stage stage, WhatIsLeft left, Parts parts) throws Steps.FailedException {
        stage.steps().run("start the service", () -> {
            stage.undo().push("stopping the service", () -> stopService(stage));
            String said = stage.dmuser().run("serve", "--detach");
            left.noteChannelDirectory();
            return said;
        });
        parts.run(stage);
        stage.steps().run("stop the service, clean up, and look for what is left", () -> {
            orThrow("not undone: ", stage.undo().unwind());
            orThrow("left behind: ", left.find());
            return "no mount, loop device, process, shared memory or file of the demo is left";
        });
    }

    private static void stopService(Stage stage) throws IOException, InterruptedException {
        if (Files.exists(new RunDirectory(stage.place().runDirectory()).control())) {
            stage.dmuser().runToEnd("stop");
        }
    }

    private static void orThrow(String what, List<String> problems) {
        if (!problems.isEmpty()) {
            throw new CliException(what + String.join("; ", problems));
        }
    }
}
