package org.dmuser.shim.bio;

/** What a bio does. An empty flush is a WRITE without data and with {@code PREFLUSH}, as in the kernel. */
public enum BioOp {
    READ,
    WRITE,
    DISCARD,
    WRITE_ZEROES;

    /** Whether the device's content may change. */
    public boolean modifies() {
        return this != READ;
    }

    /** Whether the bio carries data in memory rather than only a range. */
    public boolean hasData() {
        return this == READ || this == WRITE;
    }
}
