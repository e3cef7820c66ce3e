package org.dmuser.examples.backup.tracking;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The bytes of a tracking file, as memory. What is stored there outlives the process at once, and a loss of power only
 * once it was forced; until then any part of it may or may not. Any thread.
 */
interface TrackingMemory {
    /** All of it, direct, little endian. Nobody changes its position or limit. */
    ByteBuffer bytes();

    /** Makes what was stored in the range, before this was called, last through a loss of power. */
    void force(long offset, long length) throws IOException;
}
