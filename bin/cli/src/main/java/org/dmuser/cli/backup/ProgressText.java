package org.dmuser.cli.backup;

import java.util.OptionalLong;
import org.dmuser.cli.base.Amounts;
import org.dmuser.cli.base.JsonObject;
import org.dmuser.examples.backup.work.Pace;
import org.dmuser.examples.backup.work.Progress;

/** A state of progress as text. */
final class ProgressText {
    private static final int CELLS = 20;

    private ProgressText() {}

    /**
     * {@code backing up disk [=======>            ] 37 %, 1.48 of 4 GiB, 312 MiB/s, 8 s left}. 100 % is said when all
     * is done, and not before.
     */
    static String bar(Progress.State state, Pace pace) {
        int percent = percent(state);
        int cells = percent * CELLS / 100;
        StringBuilder text = new StringBuilder(state.doing())
                .append(" [")
                .append("=".repeat(cells))
                .append(cells < CELLS ? ">" : "")
                .append(" ".repeat(Math.max(0, CELLS - cells - 1)))
                .append("] ")
                .append(percent)
                .append(" %, ")
                .append(Amounts.bytes(state.done()))
                .append(" of ")
                .append(Amounts.bytes(state.total()));
        if (pace.rate() > 0) {
            text.append(", ").append(Amounts.bytes(pace.rate())).append("/s");
        }
        OptionalLong left = pace.secondsLeft(state);
        if (left.isPresent() && percent < 100) {
            text.append(", ").append(Amounts.seconds(left.getAsLong())).append(" left");
        }
        return text.toString();
    }

    private static int percent(Progress.State state) {
        return state.total() == 0 ? 0 : (int) (100.0 * state.done() / state.total());
    }

    /** {@code seconds_left} is missing while nobody can say. */
    static String json(Progress.State state, Pace pace) {
        JsonObject object = new JsonObject()
                .put("doing", state.doing())
                .put("bytes_done", state.done())
                .put("bytes_total", state.total())
                .put("bytes_per_second", pace.rate());
        pace.secondsLeft(state).ifPresent(seconds -> object.put("seconds_left", seconds));
        return object.toString();
    }
}
