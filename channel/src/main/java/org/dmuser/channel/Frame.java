package org.dmuser.channel;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A list of words on a Unix socket, the form of everything said to and by a service's control socket.
 *
 * <pre>
 *   +-----------+------------+---------------+------------+-----
 *   | count (4) | length (4) | UTF-8 bytes   | length (4) | ...      big endian
 *   +-----------+------------+---------------+------------+-----
 * </pre>
 */
public final class Frame {
    /** Words in a frame, at most. */
    private static final int COUNT_MAX = 4096;

    /** Bytes in a frame, at most: a table of a hundred thousand lines fits. */
    private static final int LENGTH_MAX = 64 << 20;

    /** Memory is got in steps of this many bytes, as they arrive, and not for as many as somebody says will come. */
    private static final int STEP = 64 << 10;

    private Frame() {}

    /** Writes all of it. */
    public static void write(SocketChannel socket, List<String> words) throws IOException {
        List<byte[]> encoded = words.stream()
                .map(word -> word.getBytes(StandardCharsets.UTF_8))
                .toList();
        long size = Integer.BYTES;
        for (byte[] word : encoded) {
            size += Integer.BYTES + word.length;
        }
        if (size > LENGTH_MAX || words.size() > COUNT_MAX) {
            throw new IOException("too long for a control message: " + words.size() + " words of " + size
                    + " bytes, at most " + COUNT_MAX + " of " + LENGTH_MAX + " are possible");
        }
        ByteBuffer frame = ByteBuffer.allocate((int) size).putInt(encoded.size());
        for (byte[] word : encoded) {
            frame.putInt(word.length).put(word);
        }
        frame.flip();
        while (frame.hasRemaining()) {
            socket.write(frame);
        }
    }

    /**
     * Reads one.
     *
     * @return null where the other side has closed the connection before one began
     * @throws IOException if it ends in the middle, or says something no frame would
     */
    public static List<String> read(SocketChannel socket) throws IOException {
        ByteBuffer number = ByteBuffer.allocate(Integer.BYTES);
        if (socket.read(number) < 0) {
            return null;
        }
        fill(socket, number);
        int count = checked(number.getInt(0), COUNT_MAX);
        List<String> words = new ArrayList<>();
        int left = LENGTH_MAX;
        for (int i = 0; i < count; i++) {
            number.clear();
            fill(socket, number);
            int length = checked(number.getInt(0), left);
            left -= length;
            words.add(readWord(socket, length));
        }
        return words;
    }

    private static String readWord(SocketChannel socket, int length) throws IOException {
        ByteArrayOutputStream word = new ByteArrayOutputStream();
        while (word.size() < length) {
            ByteBuffer step = ByteBuffer.allocate(Math.min(STEP, length - word.size()));
            fill(socket, step);
            word.writeBytes(step.array());
        }
        return word.toString(StandardCharsets.UTF_8);
    }

    private static int checked(int value, int max) throws IOException {
        if (value < 0 || value > max) {
            throw new IOException("not a control message: " + value + " where at most " + max + " is possible");
        }
        return value;
    }

    private static void fill(SocketChannel socket, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (socket.read(buffer) < 0) {
                throw new EOFException("the connection ended in the middle of a control message");
            }
        }
    }
}
