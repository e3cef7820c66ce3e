package org.dmuser.cli.replay;

import java.nio.file.Path;
import org.dmuser.cli.base.CliException;
import org.dmuser.cli.base.StopSignal;
import org.dmuser.cli.system.ExternalCommand;
import org.dmuser.shim.target.log.LogEntry;
import org.dmuser.shim.target.log.LogFile.Numbered;

/** A command of the user's that says whether the target is in order, and when it is asked. */
final class Check {
    private final String command;
    private final StopSignal stop;
    private long flags;
    private long count = Long.MAX_VALUE;
    private long replayed;
    private long passed;

    /**
     * One that is run when any of {@code moments} has come.
     *
     * @param moments {@code flush}, {@code fua}, {@code mark}, or a number of entries; several with commas between
     */
    Check(String command, String moments, StopSignal stop) {
        this.command = command;
        this.stop = stop;
        for (String moment : moments.split(",", -1)) {
            switch (moment) {
                case "flush" -> flags |= LogEntry.FLUSH;
                case "fua" -> flags |= LogEntry.FUA;
                case "mark" -> flags |= LogEntry.MARK;
                default -> count = Math.min(count, number(moment));
            }
        }
    }

    private static long number(String moment) {
        try {
            long number = Long.parseLong(moment);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw CliException.usage("--every: '" + moment + "' is not flush, fua, mark or a number of entries above 0");
    }

    long passed() {
        return passed;
    }

    /**
     * Runs it if its moment has come.
     *
     * @throws CliException if it is not content
     */
    void after(Numbered entry, Path target) throws InterruptedException {
        replayed++;
        if (!entry.entry().has(flags) && replayed % count != 0) {
            return;
        }
        String number = Long.toString(entry.number());
        ExternalCommand.Result result = ExternalCommand.of("sh", "-c", command, "check", target.toString(), number)
                .tryRun(stop);
        if (stop.isRequested()) {
            return;
        }
        if (!result.isSuccess()) {
            String said = result.output().isBlank() ? "" : ": " + result.summary();
            throw new CliException(
                    CliException.DAMAGED,
                    "after entry " + number + " (" + String.join(",", EntryText.flags(entry.entry()))
                            + ") the check failed with status " + result.status() + said + "; " + target
                            + " is as it was then",
                    null);
        }
        passed++;
    }
}
