package org.dmuser.examples.snapshot.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The entries of {@value #BLOCKS} blocks in a row. Only the live map writes to a page, and only to one that it has made
 * since it was last frozen; all others are shared between maps and never change.
 */
final class Page {
    static final int SHIFT = 10;
    static final int BLOCKS = 1 << SHIFT;

    private static final VarHandle ENTRIES = MethodHandles.arrayElementVarHandle(int[].class);

    private final int[] entries;
    private final long generation;

    /** All in the base. */
    Page(long generation) {
        this(new int[BLOCKS], generation);
    }

    /** Of these entries, which become its own. */
    Page(int[] entries, long generation) {
        this.entries = entries;
        this.generation = generation;
    }

    /** The one to write to in that generation: this one, or a copy. */
    Page of(long newGeneration) {
        return generation == newGeneration ? this : new Page(entries.clone(), newGeneration);
    }

    int get(int index) {
        return (int) ENTRIES.getAcquire(entries, index);
    }

    void set(int index, int entry) {
        ENTRIES.setRelease(entries, index, entry);
    }
}
