package org.dmuser.channel;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.agrona.BufferUtil;
import org.agrona.UnsafeApi;

/** Copies between buffers as fast as the machine can. */
public final class Memory {
    /** From here on the C library, which knows the processor, is worth the way there. */
    private static final int LIBC_MIN = 32 * 1024;

    private Memory() {}

    /**
     * Copies {@code length} bytes, from index to index: positions and limits mean nothing, and stay as they are. The
     * ranges must not overlap.
     *
     * @throws IndexOutOfBoundsException if the capacity of one of the buffers ends before
     */
    public static void copy(ByteBuffer source, int from, ByteBuffer destination, int to, int length) {
        Objects.checkFromIndexSize(from, length, source.capacity());
        Objects.checkFromIndexSize(to, length, destination.capacity());
        if (!source.isDirect() || !destination.isDirect() || destination.isReadOnly()) {
            destination.duplicate().clear().put(to, source.duplicate().clear(), from, length);
        } else if (length < LIBC_MIN) {
            UnsafeApi.copyMemory(BufferUtil.address(source) + from, BufferUtil.address(destination) + to, length);
        } else {
            Linux.copy(BufferUtil.address(source) + from, BufferUtil.address(destination) + to, length);
        }
        // An address keeps nobody's memory from being freed.
        Reference.reachabilityFence(source);
        Reference.reachabilityFence(destination);
    }
}
