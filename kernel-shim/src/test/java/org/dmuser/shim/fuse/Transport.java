package org.dmuser.shim.fuse;

import org.agrona.ErrorHandler;
import org.dmuser.channel.Seats;
import org.dmuser.shim.fuse.jnr.JnrFuseTransport;
import org.dmuser.shim.fuse.kernel.ConnectionOptions;
import org.dmuser.shim.fuse.kernel.KernelFuseTransport;
import org.dmuser.shim.fuse.protocol.InitFlags;
import org.dmuser.shim.fuse.uring.UringFuseTransport;

/** The ways to mount a device that tests are run on: for those who use the file they are all the same. */
enum Transport {
    JNR {
        @Override
        void assumeAvailable() {
            Fuse.assumeLibrary();
        }

        @Override
        FuseTransport make(ErrorHandler errors) {
            return new JnrFuseTransport(errors);
        }
    },

    NATIVE,

    /** On a kernel that offers nothing that is newer than the protocol. */
    NATIVE_OLD_KERNEL {
        @Override
        FuseTransport make(ErrorHandler errors) {
            return new KernelFuseTransport(errors, ConnectionOptions.USUAL.withHiddenFlags(NEWER_FLAGS));
        }
    },

    /** All threads sleep while they wait. */
    NATIVE_NO_POLLING {
        @Override
        MountOptions options(String name) {
            return MountOptions.of(name).withSeats(Seats.none());
        }
    },

    /** Over io_uring. */
    URING {
        @Override
        void assumeAvailable() {
            UringParameter.turnOn();
        }

        @Override
        FuseTransport make(ErrorHandler errors) {
            return new UringFuseTransport(errors);
        }
    },

    /** The same, and all threads sleep while they wait. */
    URING_NO_POLLING {
        @Override
        void assumeAvailable() {
            UringParameter.turnOn();
        }

        @Override
        FuseTransport make(ErrorHandler errors) {
            return new UringFuseTransport(errors);
        }

        @Override
        MountOptions options(String name) {
            return MountOptions.of(name).withSeats(Seats.none());
        }
    };

    private static final long NEWER_FLAGS = InitFlags.ASYNC_DIO
            | InitFlags.PARALLEL_DIROPS
            | InitFlags.MAX_PAGES
            | InitFlags.INIT_EXT
            | InitFlags.DIRECT_IO_ALLOW_MMAP;

    /** Skips the test where it cannot be had. */
    void assumeAvailable() {
        Fuse.assumeAvailable();
    }

    FuseTransport make(ErrorHandler errors) {
        return new KernelFuseTransport(errors);
    }

    MountOptions options(String name) {
        return MountOptions.of(name);
    }
}
