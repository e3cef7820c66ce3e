package org.dmuser.sdk.dispatch;

import java.nio.ByteBuffer;
import org.dmuser.channel.DeliveredMessage;
import org.dmuser.channel.RequestFlags;
import org.dmuser.sdk.Operation;

/** Serves messages that have been checked, each ending in one call of {@link Outcome}. */
interface Server {
    /**
     * Begins to serve {@code message}; must not throw.
     *
     * @param flags bits of {@link RequestFlags}
     * @param payload from position 0 to its limit {@code length}, if the operation has a buffer and a length
     */
    void serve(DeliveredMessage message, Operation operation, long flags, long offset, long length, ByteBuffer payload);

    static boolean has(long flags, long flag) {
        return (flags & flag) != 0;
    }
}
