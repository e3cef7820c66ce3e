package org.dmuser.shim.os;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.BufferUtil;
import org.agrona.UnsafeApi;
import org.dmuser.channel.Errno;

/**
 * A ring of submissions to the kernel and one of completions: {@code io_uring}, with submissions of 128 bytes. For one
 * thread at a time, which says so to the next by something that publishes.
 *
 * <pre>
 *   submission, struct io_uring_sqe            completion, struct io_uring_cqe
 *    0      1      2       4        8             0                   8         12
 *   +------+------+-------+--------+---------+   +-------------------+---------+---------+
 * 0 | op   |flags |       | fd     | command |   | user data         | result  | flags   |
 *   +------+------+-------+--------+---------+   +-------------------+---------+---------+
 *16 | address             | length | events  |
 *   +---------------------+--------+---------+   result: of the operation, or a negated errno
 *32 | user data           |                  |
 *   +---------------------+------------------+
 *48 | of the command, 80 bytes ...           |
 *   +----------------------------------------+
 * </pre>
 *
 * <p>What is submitted is done for the thread that calls {@link #submit}; so is what that brings later, for which the
 * kernel may interrupt that thread in whatever it does. A thread that ends takes what it has submitted with it.
 *
 * <p>Source of the layouts: {@code include/uapi/linux/io_uring.h}.
 */
public final class IoUring implements AutoCloseable {
    /** Offsets in a submission. */
    public static final int FD_OFFSET = 4;

    public static final int COMMAND_OFFSET = 8;
    public static final int ADDRESS_OFFSET = 16;
    public static final int LENGTH_OFFSET = 24;
    public static final int EVENTS_OFFSET = 28;
    public static final int USER_DATA_OFFSET = 32;
    public static final int OF_COMMAND_OFFSET = 48;

    /** Operations. */
    public static final byte POLL_ADD = 6;

    public static final byte URING_CMD = 46;

    /** In the length of {@link #POLL_ADD}: completes each time, not once. */
    public static final int POLL_MULTI = 1;

    private static final int SUBMISSION_LENGTH = 128;
    private static final int COMPLETION_LENGTH = 16;
    private static final int RESULT_OFFSET = 8;
    private static final int COMPLETION_FLAGS_OFFSET = 12;
    private static final int MORE = 1 << 1;

    private static final int SYS_SETUP = 425;
    private static final int SYS_ENTER = 426;
    private static final int SETUP_CQSIZE = 1 << 3;
    private static final int SETUP_SQE128 = 1 << 10;
    private static final long SUBMISSIONS_MAPPING = 0x10000000L;

    /** {@code struct io_uring_params}: what is asked, and where in the mapping the fields of the rings are. */
    private static final class Parameters {
        private static final int LENGTH = 120;
        private static final int SQ_ENTRIES = 0;
        private static final int CQ_ENTRIES = 4;
        private static final int FLAGS = 8;
        private static final int SQ_HEAD = 40;
        private static final int SQ_TAIL = 44;
        private static final int SQ_ARRAY = 64;
        private static final int CQ_HEAD = 80;
        private static final int CQ_TAIL = 84;
        private static final int CQ_CQES = 100;
    }

    private static final int FOR_EVER = -1;

    private final int fd;
    private final long rings;
    private final long ringsLength;
    private final long submissions;
    private final int submissionCount;
    private final int submissionMask;
    private final int completionMask;
    private final long submissionHead;
    private final long submissionTail;
    private final long completionHead;
    private final long completionTail;
    private final long completions;
    private final PollFd completed;

    /** What the kernel will be told with the next {@link #submit}. */
    private int tail;

    private IoUring(int fd, ByteBuffer parameters) throws IOException {
        this.fd = fd;
        completed = new PollFd(fd);
        submissionCount = parameters.getInt(Parameters.SQ_ENTRIES);
        submissionMask = submissionCount - 1;
        int completionCount = parameters.getInt(Parameters.CQ_ENTRIES);
        completionMask = completionCount - 1;
        int array = parameters.getInt(Parameters.SQ_ARRAY);
        int cqes = parameters.getInt(Parameters.CQ_CQES);
        ringsLength = Math.max(
                array + (long) submissionCount * Integer.BYTES, cqes + (long) completionCount * COMPLETION_LENGTH);
        rings = map(ringsLength, 0);
        try {
            submissions = map((long) submissionCount * SUBMISSION_LENGTH, SUBMISSIONS_MAPPING);
        } catch (IOException e) {
            LibC.instance().munmap(rings, ringsLength);
            throw e;
        }
        submissionHead = rings + parameters.getInt(Parameters.SQ_HEAD);
        submissionTail = rings + parameters.getInt(Parameters.SQ_TAIL);
        completionHead = rings + parameters.getInt(Parameters.CQ_HEAD);
        completionTail = rings + parameters.getInt(Parameters.CQ_TAIL);
        completions = rings + cqes;
        // The kernel would let them be taken in any order.
        for (int i = 0; i < submissionCount; i++) {
            UnsafeApi.putInt(rings + array + (long) i * Integer.BYTES, i);
        }
    }

    /**
     * Makes a ring.
     *
     * @param submissions how many may wait for {@link #submit}, a power of two
     * @param completions how many may wait to be taken without the kernel having to keep them elsewhere, a power of two
     */
    public static IoUring open(int submissions, int completions) throws IOException {
        ByteBuffer parameters = ByteBuffer.allocateDirect(Parameters.LENGTH).order(ByteOrder.nativeOrder());
        parameters.putInt(Parameters.FLAGS, SETUP_CQSIZE | SETUP_SQE128).putInt(Parameters.CQ_ENTRIES, completions);
        int fd = (int) LibC.instance().syscall(SYS_SETUP, submissions, BufferUtil.address(parameters), 0, 0);
        Reference.reachabilityFence(parameters);
        if (fd < 0) {
            Errno why = LibC.lastError();
            throw new IOException("cannot set up io_uring: " + why.text() + remedy(why));
        }
        try {
            return new IoUring(fd, parameters);
        } catch (IOException e) {
            LibC.instance().close(fd);
            throw e;
        }
    }

    private static String remedy(Errno why) {
        return switch (why) {
            case EPERM, ENOSYS ->
                "; it may be off (\"sysctl kernel.io_uring_disabled=0\" turns it on), or a container's seccomp profile"
                        + " may forbid it";
            case EMFILE -> "; allow more files with \"ulimit -n\"";
            default -> "";
        };
    }

    private long map(long length, long offset) throws IOException {
        int protection = LibC.PROT_READ | LibC.PROT_WRITE;
        int flags = LibC.MAP_SHARED | LibC.MAP_POPULATE;
        long address = LibC.instance().mmap(0, length, protection, flags, fd, offset, 0);
        if (address == -1) {
            throw new IOException(
                    "cannot map the memory of io_uring: " + LibC.lastError().text());
        }
        return address;
    }

    /** The address of a submission to fill in, all zeros; 0 if there is no room before the next {@link #submit}. */
    public long prepare(byte operation) {
        if (tail - UnsafeApi.getIntAcquire(null, submissionHead) == submissionCount) {
            return 0;
        }
        long submission = submissions + (long) (tail & submissionMask) * SUBMISSION_LENGTH;
        UnsafeApi.setMemory(submission, SUBMISSION_LENGTH, (byte) 0);
        UnsafeApi.putByte(submission, operation);
        tail++;
        return submission;
    }

    /** Whether there is something that the kernel has not been told yet. */
    public boolean hasPrepared() {
        return tail != UnsafeApi.getIntAcquire(null, submissionHead);
    }

    /** Submits what has been prepared. What the kernel does not take now is submitted the next time. */
    public void submit() {
        UnsafeApi.putIntRelease(null, submissionTail, tail);
        int count = tail - UnsafeApi.getIntAcquire(null, submissionHead);
        if (LibC.instance().syscall(SYS_ENTER, fd, count, 0, 0) < 0) {
            checkTransient(LibC.lastError());
        }
    }

    /** Submits what has been prepared, if anything, and sleeps until there is a completion, or a signal. */
    public void submitAndWait() {
        submitAndWait(FOR_EVER);
    }

    /** The same, for {@code timeoutMs} at most. */
    public void submitAndWait(int timeoutMs) {
        if (hasPrepared()) {
            submit();
        }
        // Waiting in io_uring_enter would be one call instead of two, of six arguments, the last of which jffi spoils.
        if (peek() == 0) {
            completed.await(timeoutMs);
        }
    }

    private static void checkTransient(Errno why) {
        if (why != Errno.EINTR && why != Errno.EAGAIN && why != Errno.EBUSY) {
            throw new IllegalStateException("io_uring does not work any more: " + why.text());
        }
    }

    /** The address of the oldest completion, 0 if there is none. */
    public long peek() {
        int head = UnsafeApi.getInt(completionHead);
        return head == UnsafeApi.getIntAcquire(null, completionTail)
                ? 0
                : completions + (long) (head & completionMask) * COMPLETION_LENGTH;
    }

    /** How many completions there have been; wraps around. */
    public int completed() {
        return UnsafeApi.getIntAcquire(null, completionTail);
    }

    /** Whether one with {@code userData} has come, not taken yet, since there were {@code before} of them. */
    public boolean hasCompleted(long userData, int before) {
        for (int i = before; i != completed(); i++) {
            if (userData(completions + (long) (i & completionMask) * COMPLETION_LENGTH) == userData) {
                return true;
            }
        }
        return false;
    }

    /** The oldest completion has been taken: its memory is the kernel's. */
    public void advance() {
        UnsafeApi.putIntRelease(null, completionHead, UnsafeApi.getInt(completionHead) + 1);
    }

    /** What the submission said. */
    public static long userData(long completion) {
        return UnsafeApi.getLong(completion);
    }

    public static int result(long completion) {
        return UnsafeApi.getInt(completion + RESULT_OFFSET);
    }

    /** Whether the same submission will complete again. */
    public static boolean hasMore(long completion) {
        return (UnsafeApi.getInt(completion + COMPLETION_FLAGS_OFFSET) & MORE) != 0;
    }

    /** Ends what has been submitted, some time later. Nobody may use the ring any more. */
    @Override
    public void close() {
        LibC.instance().munmap(submissions, (long) submissionCount * SUBMISSION_LENGTH);
        LibC.instance().munmap(rings, ringsLength);
        LibC.instance().close(fd);
    }
}
