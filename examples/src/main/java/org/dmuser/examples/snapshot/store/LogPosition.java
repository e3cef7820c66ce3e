package org.dmuser.examples.snapshot.store;

import java.util.Comparator;

/**
 * How far the metadata has come: later commits have greater ones.
 *
 * @param generation that of the file that counts
 * @param logged bytes of records behind its checkpoint
 */
record LogPosition(long generation, long logged) implements Comparable<LogPosition> {
    private static final Comparator<LogPosition> ORDER =
            Comparator.comparingLong(LogPosition::generation).thenComparingLong(LogPosition::logged);

    @Override
    public int compareTo(LogPosition other) {
        return ORDER.compare(this, other);
    }
}
