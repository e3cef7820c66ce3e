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
import org.dmuser.shim.fuse.MountPoints;
import org.dmuser.shim.fuse.jnr.JnrFuseTransport;
import org.dmuser.shim.fuse.kernel.KernelFuseTransport;
import org.dmuser.shim.fuse.uring.UringFuseTransport;
import org.dmuser.shim.fuse.uring.UringSupport;

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

        @Override
        public void check() throws MountException {
            NATIVE.check();
        }
    },

    /** The protocol itself. */
    NATIVE {
        @Override
        public FuseTransport transport(ErrorHandler errors) {
            return new KernelFuseTransport(errors);
        }

        @Override
        public void check() throws MountException {
            MountPoints.checkFuse();
        }
    },

    /** The protocol itself over io_uring, which has to be turned on in the kernel. */
    URING {
        @Override
        public FuseTransport transport(ErrorHandler errors) {
            return new UringFuseTransport(errors);
        }

        @Override
        public void check() throws MountException {
            MountPoints.checkFuse();
            UringSupport.check();
        }
    },

    /** libfuse 2, by way of jnr-fuse. */
    JNR {
        @Override
        public FuseTransport transport(ErrorHandler errors) {
            return new JnrFuseTransport(errors);
        }

        @Override
        public void check() throws MountException {
            MountPoints.checkFuse();
            JnrFuseTransport.checkLibrary();
        }
    };

    /** What the other way may do better. */
    private static final Set<Errno> OWN_FAILURES = EnumSet.of(Errno.EOPNOTSUPP, Errno.ENOSYS, Errno.EPERM);

    /** @param errors told, from any thread, what went wrong without anybody to throw it at */
    public abstract FuseTransport transport(ErrorHandler errors);

    /** Says why it would not work on this machine, as far as that can be told without mounting. */
    public abstract void check() throws MountException;

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
