package org.dmuser.shim.fuse.jnr;

import jnr.ffi.annotations.Delegate;
import jnr.ffi.types.intptr_t;
import jnr.ffi.types.off_t;
import jnr.ffi.types.size_t;

/**
 * {@code read} and {@code write} of {@code struct fuse_operations} with plain numbers for pointers, so that a call
 * makes no objects.
 */
@FunctionalInterface
public interface TransferCallback {
    /**
     * Moves {@code size} bytes between the memory at {@code data} and the file; answers how many, or a negated errno.
     */
    @Delegate
    int transfer(
            @intptr_t long path, @intptr_t long data, @size_t long size, @off_t long offset, @intptr_t long fileInfo);
}
