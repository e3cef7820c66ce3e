package org.dmuser.examples.backup.tracking;

/** What can be seen from outside of the last write to an origin. */
public sealed interface LastWrite permits ChangeTime, SectorCount {
    /**
     * Compares what is seen now with what was noted, which is of the same kind.
     *
     * @param diedOpen whether the last daemon died, instead of closing the file
     * @param sameBoot whether the machine has run since it was noted
     * @return why nothing that was tracked holds any more; empty if it does
     */
    String stale(LastWrite noted, boolean diedOpen, boolean sameBoot);
}
