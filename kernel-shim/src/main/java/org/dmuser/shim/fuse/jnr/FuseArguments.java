package org.dmuser.shim.fuse.jnr;

import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import jnr.ffi.Memory;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;

/** A {@code struct fuse_args} with one {@code -o}: int argc, char **argv, int allocated. */
final class FuseArguments implements AutoCloseable {
    private static final int ARGV_OFFSET = 8;
    private static final int ALLOCATED_OFFSET = 16;
    private static final int SIZE = 24;
    private static final int POINTER_SIZE = 8;

    private final Pointer struct = Memory.allocateDirect(Runtime.getSystemRuntime(), SIZE);
    private final Pointer vector;
    private final Pointer[] words;

    FuseArguments(String options) {
        words = new Pointer[] {text("dmuser"), text("-o"), text(options)};
        vector = Memory.allocateDirect(Runtime.getSystemRuntime(), (words.length + 1) * POINTER_SIZE);
        for (int i = 0; i < words.length; i++) {
            vector.putPointer((long) i * POINTER_SIZE, words[i]);
        }
        vector.putAddress((long) words.length * POINTER_SIZE, 0L);
        struct.putInt(0, words.length);
        struct.putPointer(ARGV_OFFSET, vector);
        struct.putInt(ALLOCATED_OFFSET, 0);
    }

    Pointer struct() {
        return struct;
    }

    /** Frees what libfuse has put in place of the words. */
    @Override
    public void close() {
        try {
            LibFuse2.instance().fuse_opt_free_args(struct);
        } finally {
            // The library has had addresses, which keep nothing alive: the words live until here because this does.
            Reference.reachabilityFence(this);
        }
    }

    private static Pointer text(String word) {
        byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
        Pointer memory = Memory.allocateDirect(Runtime.getSystemRuntime(), bytes.length + 1, true);
        memory.put(0, bytes, 0, bytes.length);
        return memory;
    }
}
