package org.dmuser.examples.memory;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Where extents come from; a test has one that runs out. */
interface ExtentMemory {
    /** {@link MemoryHandler#EXTENT_SIZE} bytes of zeros. */
    ByteBuffer allocate() throws IOException;

    /** Takes an extent back. Nobody may touch it from here on. */
    void free(ByteBuffer extent);
}
