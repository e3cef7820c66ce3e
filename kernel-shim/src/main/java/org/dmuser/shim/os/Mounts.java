package org.dmuser.shim.os;

import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import jnr.ffi.Memory;
import jnr.ffi.Runtime;
import org.dmuser.channel.Errno;

/** System calls on mounts, with {@link Errno#OK} for success. */
public final class Mounts {
    private static final int STATX_SIZE = 256;
    private static final int STATX_BASIC_STATS = 0x7ff;
    private static final long TAKEN_DOWN_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long ASK_AGAIN_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private Mounts() {}

    /** Unmounts what is on {@code mountPoint}; EBUSY while it is in use. */
    public static Errno unmount(Path mountPoint) {
        return unmount(mountPoint, 0);
    }

    /** Takes it out of the name space now; those who have it open keep it until they close it. */
    public static Errno detach(Path mountPoint) {
        return unmount(mountPoint, LibC.MNT_DETACH);
    }

    /** Fails everything under way in the file system on {@code mountPoint}, and what is asked of it from now on. */
    public static Errno abort(Path mountPoint) {
        return unmount(mountPoint, LibC.MNT_FORCE);
    }

    /**
     * Whether the kernel knows that nobody has anything open below {@code mountPoint}; false also where this process
     * may not ask. Those who have it open by way of another mount namespace do not count. To be asked only when the
     * mount has been used since the last time: the second of two questions with nothing in between unmounts it.
     */
    public static boolean isUnused(Path mountPoint) {
        return unmount(mountPoint, LibC.MNT_EXPIRE) == Errno.EAGAIN;
    }

    /**
     * Whether the file system under {@code path} answers; waits as long as its server does. ENOTCONN says that it has
     * none any more.
     */
    public static Errno probe(Path path) {
        // The kernel takes the rings of a dead server down in its own time, and until then all requests fail with EIO.
        long startNs = System.nanoTime();
        Errno status = ask(path);
        while (status == Errno.EIO && System.nanoTime() - startNs < TAKEN_DOWN_NS) {
            LockSupport.parkNanos(ASK_AGAIN_NS);
            status = ask(path);
        }
        return status;
    }

    /**
     * As {@link #probe(Path)}, on a thread of its own, which a server that hangs would never let return.
     *
     * @return nothing if there is no answer in time; then the thread goes on waiting
     */
    public static Optional<Errno> probe(Path path, long timeoutMs) throws InterruptedException {
        // First, because loading the binding may take longer than a server gets to answer.
        LibC.instance();
        FutureTask<Errno> answer = new FutureTask<>(() -> probe(path));
        Thread prober = new Thread(answer, "fuse-probe");
        prober.setDaemon(true);
        prober.start();
        try {
            return Optional.of(answer.get(timeoutMs, TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static Errno ask(Path path) {
        var result = Memory.allocateDirect(Runtime.getSystemRuntime(), STATX_SIZE);
        try {
            return status(LibC.instance().statx(LibC.AT_FDCWD, path.toString(), 0, STATX_BASIC_STATS, result));
        } finally {
            // The call has the address, which keeps nothing alive; a server may take its time to answer.
            Reference.reachabilityFence(result);
        }
    }

    /** Whether {@code path} can be opened for reading and writing. */
    public static Errno tryOpen(Path path) {
        int fd = LibC.instance().open(path.toString(), LibC.O_RDWR | LibC.O_CLOEXEC, 0);
        Errno status = status(fd);
        if (fd >= 0) {
            LibC.instance().close(fd);
        }
        return status;
    }

    private static Errno unmount(Path mountPoint, int flags) {
        return status(LibC.instance().umount2(mountPoint.toString(), flags | LibC.UMOUNT_NOFOLLOW));
    }

    private static Errno status(int result) {
        return result < 0 ? LibC.lastError() : Errno.OK;
    }
}
