package org.dmuser.shim.os;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.BitSet;
import org.agrona.BufferUtil;
import org.dmuser.channel.Errno;

/** Which processors a thread may run on. */
public final class Processors {
    /** Room for 8192 processors, more than any kernel has. */
    private static final int MASK_LENGTH = 1024;

    /** The calling thread. */
    private static final int SELF = 0;

    private Processors() {}

    /** Those the calling thread may run on; none if the kernel does not say. */
    public static BitSet allowed() {
        ByteBuffer mask = ByteBuffer.allocateDirect(MASK_LENGTH);
        int result = LibC.instance().sched_getaffinity(SELF, MASK_LENGTH, BufferUtil.address(mask));
        Reference.reachabilityFence(mask);
        return result < 0 ? new BitSet() : BitSet.valueOf(mask);
    }

    /** Keeps the calling thread on one of them. */
    public static Errno pinTo(int processor) {
        BitSet one = new BitSet();
        one.set(processor);
        ByteBuffer mask = ByteBuffer.allocateDirect(MASK_LENGTH).put(one.toByteArray());
        int result = LibC.instance().sched_setaffinity(SELF, MASK_LENGTH, BufferUtil.address(mask));
        Reference.reachabilityFence(mask);
        return result < 0 ? LibC.lastError() : Errno.OK;
    }
}
