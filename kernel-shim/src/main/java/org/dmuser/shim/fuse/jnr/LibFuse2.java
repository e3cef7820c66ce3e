package org.dmuser.shim.fuse.jnr;

import jnr.ffi.LibraryLoader;
import jnr.ffi.Pointer;
import jnr.ffi.annotations.Delegate;
import jnr.ffi.types.size_t;

/**
 * The functions of libfuse 2.9 that jnr-fuse leaves to {@code fuse_main}: mounting, and a session loop for each of our
 * own threads. A Java thread does not have to be attached to the JVM for every call, which is most of what a call from
 * a thread of libfuse's costs; and libfuse neither installs signal handlers nor cancels threads.
 */
public interface LibFuse2 {
    /** The file of the library, as the dynamic linker knows it. */
    String LIBRARY = "libfuse.so.2";

    /** The binding; loaded at first use, with an {@link UnsatisfiedLinkError} if there is no such library. */
    static LibFuse2 instance() {
        return Holder.LIBRARY;
    }

    /** Makes a session. */
    static New newFunction() {
        return Holder.NEW;
    }

    /** Mounts; answers the channel to the kernel, or null. */
    Pointer fuse_mount(String mountPoint, Pointer arguments);

    /** Serves requests on the calling thread until the file system is unmounted. */
    int fuse_loop(Pointer fuse);

    /** Unmounts unless that has happened, and closes the channel. */
    void fuse_unmount(String mountPoint, Pointer channel);

    /** Frees a session whose channel is closed. */
    void fuse_destroy(Pointer fuse);

    int fuse_chan_fd(Pointer channel);

    void fuse_opt_free_args(Pointer arguments);

    /** {@code fuse_new}. */
    interface New {
        /** Makes a session on a channel; answers it, or null. */
        @Delegate
        Pointer call(Pointer channel, Pointer arguments, Pointer operations, @size_t long size, Pointer userData);
    }

    /** The dynamic linker's functions. */
    interface Linker {
        Pointer dlopen(String library, int mode);

        New dlvsym(Pointer library, String symbol, String version);
    }

    /** Loads the binding. */
    final class Holder {
        private static final int RTLD_LAZY = 1;

        private static final LibFuse2 LIBRARY =
                LibraryLoader.create(LibFuse2.class).failImmediately().load(LibFuse2.LIBRARY);
        private static final New NEW = findNew();

        private Holder() {}

        /**
         * By version, because the library has another {@code fuse_new}, of 2001, which a look-up by name finds first.
         */
        private static New findNew() {
            Linker linker = LibraryLoader.create(Linker.class).failImmediately().load("libdl.so.2");
            New found = linker.dlvsym(linker.dlopen(LibFuse2.LIBRARY, RTLD_LAZY), "fuse_new", "FUSE_2.6");
            if (found == null) {
                throw new UnsatisfiedLinkError(LibFuse2.LIBRARY + " has no fuse_new of version FUSE_2.6");
            }
            return found;
        }
    }
}
