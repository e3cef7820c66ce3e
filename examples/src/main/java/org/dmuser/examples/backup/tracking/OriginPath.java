package org.dmuser.examples.backup.tracking;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Where the origin is, in its tracking file: for those who read the device without its daemon.
 *
 * <pre>
 *   0        4        8
 *   +--------+--------+---------------------------+
 *   | length | crc32c | absolute path, UTF-8      |
 *   +--------+--------+---------------------------+
 * </pre>
 */
final class OriginPath {
    private static final int TEXT = TrackingLayout.PATH + 8;

    private OriginPath() {}

    static void write(TrackingMemory memory, Path path) throws IOException {
        byte[] text = path.toAbsolutePath().normalize().toString().getBytes(StandardCharsets.UTF_8);
        if (text.length > TrackingLayout.PATH_LENGTH_MAX) {
            throw new IOException("the path of the origin has " + text.length + " bytes, and "
                    + TrackingLayout.PATH_LENGTH_MAX + " at most can be kept: choose a shorter one");
        }
        ByteBuffer bytes = memory.bytes();
        bytes.put(TEXT, text);
        bytes.putInt(TrackingLayout.PATH, text.length);
        bytes.putInt(TrackingLayout.PATH + Integer.BYTES, crc(text));
        memory.force(TrackingLayout.PATH, TrackingLayout.MOMENTS - TrackingLayout.PATH);
    }

    /** Nothing where it was damaged. */
    static Optional<Path> read(ByteBuffer bytes) {
        int length = bytes.getInt(TrackingLayout.PATH);
        if (length <= 0 || length > TrackingLayout.PATH_LENGTH_MAX) {
            return Optional.empty();
        }
        byte[] text = new byte[length];
        bytes.get(TEXT, text);
        return bytes.getInt(TrackingLayout.PATH + Integer.BYTES) == crc(text)
                ? Optional.of(Path.of(new String(text, StandardCharsets.UTF_8)))
                : Optional.empty();
    }

    private static int crc(byte[] text) {
        CRC32C crc = new CRC32C();
        crc.update(text);
        return (int) crc.getValue();
    }
}
