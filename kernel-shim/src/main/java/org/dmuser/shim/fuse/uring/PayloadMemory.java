package org.dmuser.shim.fuse.uring;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.BufferUtil;
import org.dmuser.shim.os.LibC;

/**
 * The payloads of a queue's entries. Each is mapped twice: where the kernel has been told that it is, for as long as
 * the entry lives, and where handlers have it. So an entry can have new memory while somebody who may still be using
 * the old one keeps that:
 *
 * <pre>
 *   the kernel's address, always the same   the handlers' address
 *                 |                                  |
 *                 +-------------> memory             |     before a renewal
 *                                 memory ------------+
 *                 +---------> new memory                   after it
 *                             new memory --- another address, of handlers from now on
 *                             old memory --- the old one, of whoever has it, until he lets go of it
 * </pre>
 *
 * <p>It is memory that has no pages before it is touched. Not thread-safe, but different entries are independent.
 */
final class PayloadMemory implements AutoCloseable {
    private static final int ADDRESS_FAILED = -1;
    private static final int PAGE_SIZE = 4096;

    private final int size;
    private final long length;
    private final long kernelAddress;
    private final ByteBuffer views;

    /**
     * Makes them.
     *
     * @param count how many
     * @param size bytes of each, whole pages
     */
    PayloadMemory(int count, int size) throws IOException {
        this.size = size;
        this.length = (long) count * size;
        int fd = memoryFile(length);
        try {
            views = view(fd, length);
            kernelAddress = map(fd, 0, length, 0);
        } finally {
            LibC.instance().close(fd);
        }
    }

    /** Where the kernel has the payload of an entry. */
    long kernelAddress(int index) {
        return kernelAddress + (long) index * size;
    }

    /** The payload of an entry that has not been {@linkplain #renew renewed}. */
    ByteBuffer view(int index) {
        return views.slice(index * size, size);
    }

    /**
     * Gives an entry new memory, zeros, in one step as the kernel sees it; what there was stays with those who have it.
     *
     * @return the new payload
     * @throws IOException if there is none; nothing has changed
     */
    ByteBuffer renew(int index) throws IOException {
        int fd = memoryFile(size);
        try {
            ByteBuffer view = view(fd, size);
            map(fd, kernelAddress(index), size, LibC.MAP_FIXED);
            return view;
        } finally {
            LibC.instance().close(fd);
        }
    }

    /** Frees the pages of a payload that nobody uses: it is zeros from now on. */
    static void free(ByteBuffer payload) {
        LibC.instance().madvise(BufferUtil.address(payload), payload.capacity(), LibC.MADV_REMOVE);
    }

    /** Whether the first page of an entry's memory has been touched since it was made. */
    boolean isTouched(int index, ByteBuffer vector) {
        LibC.instance().mincore(kernelAddress(index), PAGE_SIZE, BufferUtil.address(vector));
        return (vector.get(0) & 1) != 0;
    }

    /** Takes the memory from the kernel, which must not use it any more. */
    @Override
    public void close() {
        LibC.instance().munmap(kernelAddress, length);
    }

    private static int memoryFile(long length) throws IOException {
        int fd = LibC.instance().memfd_create("dmuser-fuse", LibC.MFD_CLOEXEC);
        if (fd < 0) {
            throw failure();
        }
        if (LibC.instance().ftruncate(fd, length) < 0) {
            IOException e = failure();
            LibC.instance().close(fd);
            throw e;
        }
        return fd;
    }

    private static ByteBuffer view(int fd, long length) throws IOException {
        Path path = Path.of("/proc/self/fd/" + fd);
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return file.map(FileChannel.MapMode.READ_WRITE, 0, length);
        }
    }

    private static long map(int fd, long at, long length, int flags) throws IOException {
        int protection = LibC.PROT_READ | LibC.PROT_WRITE;
        long address = LibC.instance().mmap(at, length, protection, LibC.MAP_SHARED | flags, fd, 0, 0);
        if (address == ADDRESS_FAILED) {
            throw failure();
        }
        return address;
    }

    private static IOException failure() {
        return new IOException("no memory for requests: " + LibC.lastError().text());
    }
}
