package org.dmuser.cli.base;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.dmuser.shim.service.Problems;

/**
 * What has to be undone, last done first. Owned by the main thread.
 *
 * <p>What cannot be undone does not keep the rest from being undone, and is tried once more at the end: what stood in
 * its way, a handler that hangs under a file system, may be gone by then.
 */
public final class UndoStack {
    /** Takes one thing back; does nothing where there is nothing to take back. */
    @FunctionalInterface
    public interface Undo {
        void run() throws Exception;
    }

    private record Step(String what, Undo undo) {}

    private final StopSignal stop;
    private final Deque<Step> steps = new ArrayDeque<>();

    public UndoStack(StopSignal stop) {
        this.stop = stop;
    }

    /**
     * Adds something, best before it is done: then nothing is forgotten if it is broken off in the middle.
     *
     * @param what as in "while {@code what}"
     */
    public void push(String what, Undo undo) {
        steps.push(new Step(what, undo));
    }

    /** Undoes all of it; answers what could not be undone even at the second attempt, a line each. */
    public List<String> unwind() {
        List<Step> failed = new ArrayList<>();
        while (!steps.isEmpty()) {
            Step step = steps.pop();
            if (problem(step) != null) {
                failed.add(step);
            }
        }
        List<String> problems = new ArrayList<>();
        for (Step step : failed) {
            String problem = problem(step);
            if (problem != null) {
                problems.add(step.what() + ": " + problem);
            }
        }
        return problems;
    }

    private String problem(Step step) {
        stop.doing(step.what());
        try {
            step.undo().run();
            return null;
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            return Problems.describe(e);
        }
    }
}
