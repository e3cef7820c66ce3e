package org.dmuser.cli.demo;

import java.util.Locale;
import org.dmuser.cli.base.CliException;
import org.dmuser.cli.base.Console;
import org.dmuser.cli.base.StopSignal;

/** Runs the steps of the demo and prints each with its time; names in its place as they are seen from there. */
final class Steps {
    /** One step; answers what it has to say, lines and all. */
    @FunctionalInterface
    interface Step {
        String run() throws Exception;
    }

    /** A step that failed. */
    static final class FailedException extends Exception {
        private static final long serialVersionUID = 1L;

        FailedException(String step, Exception cause) {
            super("step '" + step + "'", cause);
        }
    }

    private static final double NS_PER_S = 1e9;

    private final StopSignal stop;
    private final DemoPlace place;
    private final long startNs = System.nanoTime();
    private int number;

    Steps(StopSignal stop, DemoPlace place) {
        this.stop = stop;
        this.place = place;
    }

    void run(String title, Step step) throws FailedException {
        number++;
        Console.print(String.format(Locale.ROOT, "%2d  %-62s", number, title));
        long stepStartNs = System.nanoTime();
        String said;
        try {
            if (stop.isRequested()) {
                throw new CliException("stopped");
            }
            said = step.run();
        } catch (Exception e) {
            Console.println("FAILED");
            throw new FailedException(title, e);
        }
        Console.println(String.format(Locale.ROOT, "%6.2f s", seconds(stepStartNs)));
        String here = place.path() + "/";
        said.lines().forEach(line -> Console.println("      " + line.replace(here, "")));
    }

    /** How long all of it has taken up to now. */
    double totalSeconds() {
        return seconds(startNs);
    }

    private static double seconds(long sinceNs) {
        return (System.nanoTime() - sinceNs) / NS_PER_S;
    }
}
