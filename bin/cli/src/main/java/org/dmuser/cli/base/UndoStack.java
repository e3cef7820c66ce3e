package org.dmuser.cli.base;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.dmuser.shim.service.Problems;

/**
 * What has to be undone, last done first. Owned by the main thread.
 *
 * <p>What cannot be undone does not keep the rest from being undone, and may be tried once more at the end: what stood
 * in its way, a handler that hangs under a file system, may be gone by then.
 */
public final class UndoStack {
    /** Takes one thing back; does nothing where there is nothing to take back. */
    @FunctionalInterface
    public interface Undo {
        void run() throws Exception;
    }

    private record Step(String what, Undo undo, boolean again) {}

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
        steps.push(new Step(what, undo, false));
    }

    /** Adds something that is tried once more, after all the rest, if it cannot be undone when its turn comes. */
    public void pushAgain(String what, Undo undo) {
        steps.push(new Step(what, undo, true));
    }

    /** Undoes all of it; answers what could not be undone, a line each. */
    public List<String> unwind() {
        List<String> problems = new ArrayList<>();
        List<Step> failed = new ArrayList<>();
        while (!steps.isEmpty()) {
            Step step = steps.pop();
            Optional<String> problem = undo(step);
            if (problem.isPresent() && step.again()) {
                failed.add(step);
            } else {
                problem.ifPresent(problems::add);
            }
        }
        failed.forEach(step -> undo(step).ifPresent(problems::add));
        return problems;
    }

    /** What went wrong. */
    private Optional<String> undo(Step step) {
        stop.doing(step.what());
        try {
            step.undo().run();
            return Optional.empty();
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            return Optional.of(step.what() + ": " + Problems.describe(e));
        }
    }
}
