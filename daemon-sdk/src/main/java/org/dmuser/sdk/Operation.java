package org.dmuser.sdk;

/** What a handler can be asked for. */
public enum Operation {
    READ,
    WRITE,
    FLUSH,
    DISCARD,
    WRITE_ZEROES;

    /** Whether the device's content may change, so that it fails with EROFS on a read-only device. */
    public boolean modifies() {
        return this == WRITE || this == DISCARD || this == WRITE_ZEROES;
    }

    /** Whether a buffer comes with it. */
    public boolean hasBuffer() {
        return this == READ || this == WRITE;
    }
}
