package org.dmuser.shim.fuse.kernel;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.BufferUtil;
import org.dmuser.channel.Errno;
import org.dmuser.shim.fuse.MountException;
import org.dmuser.shim.os.LibC;

/**
 * System calls on descriptors of {@code /dev/fuse}. Transfers answer a number of bytes or a negated errno, and make no
 * objects.
 */
public final class FuseDevice {
    private static final String PATH = "/dev/fuse";

    /** {@code FUSE_DEV_IOC_CLONE}: reads an int, the descriptor whose connection this one is to serve, too. */
    private static final long CLONE = 0x8004e500L;

    private FuseDevice() {}

    /**
     * Takes one request, whole: the parts must have room for the longest there can be, or it is EINVAL.
     *
     * @return bytes; -ENODEV when the file is unmounted; -EAGAIN on a descriptor that does not sleep when there is
     *     none; -ENOENT when the request was withdrawn, and -EINTR after a signal: both to be tried again
     */
    public static long readv(int fd, long vector, int count) {
        long result = LibC.instance().readv(fd, vector, count);
        return result >= 0 ? result : -LibC.lastErrorNumber();
    }

    /**
     * Answers one request, whole.
     *
     * @return bytes; -ENOENT when nobody waits for the answer any longer; -EINVAL when it is not as long as its header
     *     says, or as it may be
     */
    public static long writev(int fd, long vector, int count) {
        long result = LibC.instance().writev(fd, vector, count);
        return result >= 0 ? result : -LibC.lastErrorNumber();
    }

    /** A descriptor without a connection, which sleeps in {@link #readv}. */
    static int open() throws MountException {
        int fd = LibC.instance().open(PATH, LibC.O_RDWR | LibC.O_CLOEXEC, 0);
        if (fd < 0) {
            throw failure("cannot open " + PATH);
        }
        return fd;
    }

    /** Another descriptor for the connection of {@code fd}, which sleeps in {@link #readv} whatever that one does. */
    static int cloneOf(int fd) throws MountException {
        int clone = open();
        ByteBuffer argument = ByteBuffer.allocateDirect(Integer.BYTES).order(ByteOrder.nativeOrder());
        argument.putInt(0, fd);
        int result = LibC.instance().ioctl(clone, CLONE, BufferUtil.address(argument));
        Reference.reachabilityFence(argument);
        if (result < 0) {
            MountException e = failure("cannot have a second descriptor for a mount (FUSE_DEV_IOC_CLONE)");
            close(clone);
            throw e;
        }
        return clone;
    }

    /** Lets {@link #readv} on {@code fd} answer -EAGAIN instead of sleeping. */
    static void setNonBlocking(int fd) throws MountException {
        if (LibC.instance().fcntl(fd, LibC.F_SETFL, LibC.O_RDWR | LibC.O_NONBLOCK) < 0) {
            throw failure("cannot keep " + PATH + " from sleeping");
        }
    }

    static void close(int fd) {
        LibC.instance().close(fd);
    }

    private static MountException failure(String what) {
        Errno errno = LibC.lastError();
        String remedy = errno == Errno.EMFILE ? "; allow more with \"ulimit -n\"" : "";
        return new MountException(errno, what + ": " + errno.text() + remedy);
    }
}
