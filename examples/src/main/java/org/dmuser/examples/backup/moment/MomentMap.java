package org.dmuser.examples.backup.moment;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.concurrent.ThreadLocalRandom;
import org.dmuser.examples.backup.tracking.MappedFile;

/**
 * What daemon and reader of a moment tell each other, in a file that both have mapped.
 *
 * <pre>
 *      0  state (4): 0 while the moment can be read, 1 when it is over
 *      4  length of the reason (4)
 *      8  number of the moment (8), random
 *     16  why it is over, UTF-8
 *   4032  requests the device has had since it began (8)
 *   4096  copied: a bit a {@link Pieces piece}; set by the daemon when its old content is in the copy
 *    ...  done: a bit a block; set when nobody will read the block
 *    ...  entries: the newest entry of a chunk in the {@link Ring log}, plus 1; 0 if it has none (4 each)
 * </pre>
 *
 * <p>Numbers are little endian, bits count from the lowest of 8 bytes. Any thread of either process: bits are only ever
 * set, atomically, and whoever sees one sees what was done before it was set.
 */
final class MomentMap {
    private static final VarHandle INT = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int STATE = 0;
    private static final int REASON_LENGTH = 4;
    private static final int NUMBER = 8;
    private static final int REASON = 16;
    /** In a cache line of its own. */
    private static final int REQUESTS = 4032;

    private static final int COPIED = 4096;
    private static final int REASON_MAX = REQUESTS - REASON;
    private static final int OPEN = 0;
    private static final int OVER = 1;

    private final ByteBuffer bytes;
    private final int blocks;
    private final int done;
    private final int entries;

    private MomentMap(MappedFile file, int blocks) {
        this.bytes = file.bytes();
        this.blocks = blocks;
        this.done = COPIED + chunks(blocks) * Long.BYTES;
        this.entries = done + words(blocks) * Long.BYTES;
    }

    private static long length(int blocks) {
        return COPIED + (long) (chunks(blocks) + words(blocks)) * Long.BYTES + (long) chunks(blocks) * Integer.BYTES;
    }

    /** Makes it, with all its space. */
    static MomentMap create(Path path, int blocks) throws IOException {
        try (FileChannel channel = FileChannel.open(path, CREATE, READ, WRITE)) {
            MappedFile file = MappedFile.ofZeros(channel, length(blocks));
            file.bytes().putLong(NUMBER, ThreadLocalRandom.current().nextLong());
            return new MomentMap(file, blocks);
        }
    }

    /**
     * That of the moment with a number.
     *
     * @throws MomentBrokenException if it has ended, and perhaps another has begun
     */
    static MomentMap open(Path path, int blocks, long number) throws IOException {
        try (FileChannel channel = FileChannel.open(path, READ, WRITE)) {
            if (channel.size() >= length(blocks)) {
                MomentMap map = new MomentMap(MappedFile.of(channel), blocks);
                if (map.number() == number) {
                    return map;
                }
            }
        } catch (NoSuchFileException e) {
            // As if there were another.
        }
        throw MomentBrokenException.beforeReading();
    }

    /** Ends, for whoever may still read it, the moment of a daemon that died. */
    static void end(Path path, String reason) throws IOException {
        try (FileChannel channel = FileChannel.open(path, READ, WRITE)) {
            if (channel.size() >= COPIED) {
                new MomentMap(MappedFile.of(channel), 0).end(reason);
            }
        }
    }

    private static int words(int blocks) {
        return (blocks + Long.SIZE - 1) / Long.SIZE;
    }

    private static int chunks(int blocks) {
        return (blocks + WholeChunks.BLOCKS - 1) / WholeChunks.BLOCKS;
    }

    /** Tells it from others of the same device. */
    long number() {
        return bytes.getLong(NUMBER);
    }

    /** Counts a request. */
    void countRequest() {
        LONG.getAndAdd(bytes, REQUESTS, 1L);
    }

    long requests() {
        return (long) LONG.getVolatile(bytes, REQUESTS);
    }

    /** Which pieces of a chunk are in the copy. */
    long copied(int chunk) {
        return word(COPIED, chunk);
    }

    void setCopied(int chunk, long pieces) {
        set(COPIED, chunk, pieces);
    }

    /** The newest entry of a chunk in the log, plus 1; 0 if it has none. */
    int lastEntry(int chunk) {
        return (int) INT.getAcquire(bytes, entries + chunk * Integer.BYTES);
    }

    /** After the entry was made. */
    void setLastEntry(int chunk, int entry) {
        INT.setRelease(bytes, entries + chunk * Integer.BYTES, entry);
    }

    /** Which pieces of a chunk have to be copied before they are written to. */
    long needed(int chunk) {
        int block = chunk * WholeChunks.BLOCKS;
        long doneBlocks = word(done, block / Long.SIZE) >>> block;
        return ~(copied(chunk) | Pieces.ofBlocks(doneBlocks));
    }

    void setDone(int block) {
        set(done, block / Long.SIZE, 1L << block);
    }

    /** Of 64 blocks, the first being number 64 * {@code word}. */
    void setDone(int word, long bits) {
        set(done, word, bits);
    }

    /** Those that are not done. */
    BitSet wanted() {
        long[] words = new long[words(blocks)];
        for (int word = 0; word < words.length; word++) {
            words[word] = word(done, word);
        }
        BitSet wanted = BitSet.valueOf(words);
        wanted.flip(0, blocks);
        return wanted;
    }

    private long word(int bitmap, int word) {
        return (long) LONG.getVolatile(bytes, bitmap + word * Long.BYTES);
    }

    private void set(int bitmap, int word, long bits) {
        LONG.getAndBitwiseOr(bytes, bitmap + word * Long.BYTES, bits);
    }

    boolean isOver() {
        return (int) INT.getVolatile(bytes, STATE) != OPEN;
    }

    /** Ends it; the first reason holds. */
    synchronized void end(String reason) {
        if (!isOver()) {
            byte[] text = reason.getBytes(StandardCharsets.UTF_8);
            int length = Math.min(text.length, REASON_MAX);
            bytes.put(REASON, text, 0, length);
            bytes.putInt(REASON_LENGTH, length);
            INT.setVolatile(bytes, STATE, OVER);
        }
    }

    /**
     * For the reader, after it has read and before it believes.
     *
     * @throws MomentBrokenException if the moment is over
     */
    void requireOpen() throws MomentBrokenException {
        if (isOver()) {
            byte[] text = new byte[Math.min(Math.max(bytes.getInt(REASON_LENGTH), 0), REASON_MAX)];
            bytes.get(REASON, text);
            throw new MomentBrokenException(new String(text, StandardCharsets.UTF_8));
        }
    }
}
