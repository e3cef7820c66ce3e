package org.dmuser.sdk.file;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Whole transfers at a place of a file: a {@link FileChannel} may cut any of them short. */
public final class FileTransfer {
    private FileTransfer() {}

    /**
     * Fills {@code dst}, or as much of it as the file has from {@code offset} on.
     *
     * @return false if the file has ended before
     */
    public static boolean read(FileChannel channel, long offset, ByteBuffer dst) throws IOException {
        while (dst.hasRemaining()) {
            int count = channel.read(dst, offset);
            if (count < 0) {
                return false;
            }
            offset += count;
        }
        return true;
    }

    /**
     * Fills {@code dst}.
     *
     * @param file what it is called in errors
     * @throws EOFException if the file ends before
     */
    public static void readFully(Object file, FileChannel channel, long offset, ByteBuffer dst) throws IOException {
        int length = dst.remaining();
        if (!read(channel, offset, dst)) {
            throw new EOFException(
                    file + " has become shorter: it ends before offset " + (offset + length - dst.remaining()));
        }
    }

    /**
     * Uses {@code src} up.
     *
     * @throws org.dmuser.sdk.BlockException of ENOSPC where the disk is full
     */
    public static void writeFully(FileChannel channel, long offset, ByteBuffer src) throws IOException {
        try {
            while (src.hasRemaining()) {
                offset += channel.write(src, offset);
            }
        } catch (IOException e) {
            throw FileErrors.withErrno(e);
        }
    }
}
