package org.dmuser.examples.backup.tracking;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;

/**
 * A file mapped into memory, shared with whoever maps it too, of this process or another. The mapping goes when nobody
 * has it any more; the channel may be closed before.
 */
public final class MappedFile implements TrackingMemory {
    private static final int STEP = 1 << 20;

    private final MappedByteBuffer bytes;

    private MappedFile(MappedByteBuffer bytes) {
        bytes.order(ByteOrder.LITTLE_ENDIAN);
        this.bytes = bytes;
    }

    /** Maps all of a file that is open for writing. */
    public static MappedFile of(FileChannel channel) throws IOException {
        return new MappedFile(channel.map(FileChannel.MapMode.READ_WRITE, 0, channel.size()));
    }

    /** Maps all of a file, to look at it. */
    public static MappedFile toRead(FileChannel channel) throws IOException {
        return new MappedFile(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()));
    }

    /**
     * Fills a file with zeros and maps it. They are written, which takes the space on any file system: storing to
     * memory could not say that there is none.
     */
    public static MappedFile ofZeros(FileChannel channel, long length) throws IOException {
        channel.truncate(0);
        ByteBuffer zeros = ByteBuffer.allocateDirect(STEP);
        for (long offset = 0; offset < length; ) {
            zeros.clear().limit((int) Math.min(STEP, length - offset));
            offset += channel.write(zeros, offset);
        }
        return of(channel);
    }

    @Override
    public ByteBuffer bytes() {
        return bytes;
    }

    @Override
    public void force(long offset, long length) throws IOException {
        try {
            bytes.force((int) offset, (int) length);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
