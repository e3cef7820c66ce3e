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

    /** The one that the calling thread runs on at this moment; negative if the kernel does not say. */
    public static int current() {
        return LibC.instance().sched_getcpu();
    }

    /**
     * Has the calling thread go on on another one than {@code processor}, if there is one that it may run on. It may be
     * moved back at any time: which it may run on is as before.
     */
    public static void leave(int processor) {
        BitSet allowed = allowed();
        BitSet others = BitSet.valueOf(allowed.toLongArray());
        others.clear(processor);
        if (!others.isEmpty() && allow(others) == Errno.OK) {
            allow(allowed);
        }
    }

    /** Keeps the calling thread on one of them. */
    public static Errno pinTo(int processor) {
        BitSet one = new BitSet();
        one.set(processor);
        return allow(one);
    }

    static Errno allow(BitSet processors) {
        ByteBuffer mask = ByteBuffer.allocateDirect(MASK_LENGTH).put(processors.toByteArray());
        int result = LibC.instance().sched_setaffinity(SELF, MASK_LENGTH, BufferUtil.address(mask));
        Reference.reachabilityFence(mask);
        return result < 0 ? LibC.lastError() : Errno.OK;
    }
}
