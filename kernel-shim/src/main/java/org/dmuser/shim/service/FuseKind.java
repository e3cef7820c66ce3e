package org.dmuser.shim.service;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.agrona.ErrorHandler;
import org.dmuser.channel.Errno;
import org.dmuser.shim.file.BlockFile;
import org.dmuser.shim.fuse.FuseMount;
import org.dmuser.shim.fuse.FuseTransport;
import org.dmuser.shim.fuse.MountException;
import org.dmuser.shim.fuse.MountOptions;
import org.dmuser.shim.fuse.jnr.JnrFuseTransport;
import org.dmuser.shim.fuse.kernel.KernelFuseTransport;
import org.dmuser.shim.fuse.uring.UringFuseTransport;

/** The ways to the kernel's FUSE there are. */
public enum FuseKind {
    /** {@link #NATIVE} or, where the kernel is too old for it or does not let it, {@link #JNR}. */
    AUTO {
        @Override
        public FuseTransport transport(ErrorHandler errors) {
            FuseTransport first = NATIVE.transport(errors);
            FuseTransport second = JNR.transport(errors);
            return (file, mountPoint, options) -> mountEither(first, second, file, mountPoint, options);
        }
    },

    /** The protocol itself. */
    NATIVE {
        @Override
        public FuseTransport transport(ErrorHandler errors) {
            return new KernelFuseTransport(errors);
        }
    },

    /** The protocol itself over io_uring, which has to be turned on in the kernel. */
    URING {
        @Override
        public FuseTransport transport(ErrorHandler errors) {
            return new UringFuseTransport(errors);
        }
    },

    /** libfuse 2, by way of jnr-fuse. */
    JNR {
        @Override
        public FuseTransport transport(ErrorHandler errors) {
            return new JnrFuseTransport(errors);
        }
    };

    /** What the other way may do better. */
    private static final Set<Errno> OWN_FAILURES = EnumSet.of(Errno.EOPNOTSUPP, Errno.ENOSYS, Errno.EPERM);

    /** @param errors told, from any thread, what went wrong without anybody to throw it at */
    public abstract FuseTransport transport(ErrorHandler errors);

    private static FuseMount mountEither(
            FuseTransport first, FuseTransport second, BlockFile file, Path mountPoint, MountOptions options)
            throws MountException {
        try {
            return first.mount(file, mountPoint, options);
        } catch (MountException e) {
            if (!OWN_FAILURES.contains(e.errno())) {
                throw e;
            }
            try {
                return second.mount(file, mountPoint, options);
            } catch (MountException again) {
                e.addSuppressed(again);
                throw e;
            }
        }
    }
}
