package org.dmuser.sdk;

import java.nio.ByteBuffer;

/** The answer to a read, for a handler that has what is asked for in memory; see {@link BlockHandler#lend}. */
@FunctionalInterface
public interface ReadAnswer {
    /**
     * Answers with what is in {@code memory} from {@code index} on, whatever its position and limit. When this returns
     * the answer has been sent, or the memory copied.
     *
     * @throws IndexOutOfBoundsException if {@code memory} ends before what was asked for does: nothing has been
     *     answered
     * @throws IllegalStateException if there was an answer before
     */
    void from(ByteBuffer memory, int index);
}
