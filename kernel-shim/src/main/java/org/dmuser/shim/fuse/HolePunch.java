package org.dmuser.shim.fuse;

/**
 * What punching a hole into the file does to the device. Whoever punches one, a loop device above all, reads zeroes
 * there afterwards, and file systems on a loop device rely on it when they zero their tables.
 */
public enum HolePunch {
    /** DISCARD: for devices whose discarded sectors read as zeroes. */
    DISCARD,

    /**
     * WRITE_ZEROES that may give up what backs the range: for devices which promise nothing about discarded sectors.
     */
    WRITE_ZEROES
}
