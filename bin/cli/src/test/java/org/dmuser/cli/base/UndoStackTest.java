package org.dmuser.cli.base;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class UndoStackTest {
    private final UndoStack undo = new UndoStack(StopSignal.never());
    private final List<String> done = new ArrayList<>();

    /** Fails as often as it is told to, then succeeds. */
    private UndoStack.Undo step(String name, int failures) {
        int[] left = {failures};
        return () -> {
            done.add(name);
            if (left[0]-- > 0) {
                throw new IOException(name + " is busy");
            }
        };
    }

    @Test
    void shouldUndoLastFirst() {
        undo.push("undoing a", step("a", 0));
        undo.push("undoing b", step("b", 0));
        assertEquals(List.of(), undo.unwind());
        assertEquals(List.of("b", "a"), done);
    }

    @Test
    void shouldGoOnAfterAFailure() {
        undo.push("undoing a", step("a", 0));
        undo.push("undoing b", step("b", 1));
        assertEquals(List.of("undoing b: b is busy"), undo.unwind());
        assertEquals(List.of("b", "a"), done);
    }

    @Test
    void shouldTryAgainAfterTheRestWhatMayBeTriedAgain() {
        undo.push("undoing a", step("a", 0));
        undo.pushAgain("undoing b", step("b", 1));
        undo.pushAgain("undoing c", step("c", 2));
        assertEquals(List.of("undoing c: c is busy"), undo.unwind());
        assertEquals(List.of("c", "b", "a", "c", "b"), done);
    }

    @Test
    void shouldUndoNothingTwice() {
        undo.push("undoing a", step("a", 0));
        undo.unwind();
        assertEquals(List.of(), undo.unwind());
        assertEquals(List.of("a"), done);
    }
}
