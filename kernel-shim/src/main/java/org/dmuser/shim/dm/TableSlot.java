package org.dmuser.shim.dm;

/** The two places a device has for a table: the one it maps by, and the one the next resume will make it map by. */
public enum TableSlot {
    LIVE,
    INACTIVE
}
