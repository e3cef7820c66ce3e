package org.dmuser.sdk;

/** How many threads may be inside a handler at a time. The dispatcher keeps to it; the handler only declares it. */
public enum ThreadModel {
    /**
     * One. What one call wrote to the handler's fields, the next call sees, whichever thread makes it. The safe
     * choice, and the default.
     */
    SERIAL,

    /**
     * Any number, in any order, also for ranges that overlap. A disk gives no promise about requests under way at the
     * same time, so neither need the handler: of two overlapping writes either may win, block by block. But a write
     * that was answered must be seen by every read that begins after.
     */
    PARALLEL
}
