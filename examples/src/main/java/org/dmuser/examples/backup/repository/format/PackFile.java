package org.dmuser.examples.backup.repository.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.dmuser.examples.backup.repository.crypto.BrokenSealException;
import org.dmuser.examples.backup.repository.crypto.Sealer;

/**
 * What is around the chunks of a pack.
 *
 * <pre>
 *    0          8             12      16                        d            d + m
 *   +----------+-------------+-------+--------+---- ~ ---------+------------+-------+-------------------+----------+
 *   | DMUBPACK | version u32 | 0 u32 | chunk 0| chunk 1 ...    | directory  | m u32 | CRC-32C u32 of    | DMUBPEND |
 *   |          |             |       |        |                | or sealed  |       | the directory     |          |
 *   +----------+-------------+-------+--------+---- ~ ---------+------------+-------+-------------------+----------+
 * </pre>
 *
 * <p>The name of a pack is the SHA-256 of its directory as stored. The directory has the id of every chunk, which is
 * the SHA-256 of the chunk: so the name vouches for every byte, and what was already hashed is not hashed a second
 * time.
 */
public final class PackFile {
    /** Bytes before the first chunk. */
    public static final int HEADER = 16;
    /** Bytes behind the directory. */
    public static final int TRAILER = 16;
    /** What the seal of a directory is for. */
    private static final byte[] CONTEXT = "pack directory".getBytes(StandardCharsets.US_ASCII);

    private static final int VERSION = 1;
    private static final long MAGIC = word("DMUBPACK");
    private static final long END = word("DMUBPEND");

    private PackFile() {}

    private static long word(String letters) {
        return ByteBuffer.wrap(letters.getBytes(StandardCharsets.US_ASCII))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong();
    }

    public static ByteBuffer header() {
        return ByteBuffer.allocate(HEADER)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(MAGIC)
                .putInt(VERSION)
                .putInt(0)
                .flip();
    }

    /** Directory, sealed where that is wanted, and trailer. */
    public static ByteBuffer footer(PackDirectory directory, Sealer sealer) {
        ByteBuffer plain = ByteBuffer.allocate(directory.length()).order(ByteOrder.LITTLE_ENDIAN);
        directory.write(plain);
        int length = plain.flip().remaining() + sealer.overhead();
        ByteBuffer footer = ByteBuffer.allocate(length + TRAILER).order(ByteOrder.LITTLE_ENDIAN);
        footer.put(sealer.seal(plain, ByteBuffer.allocate(length), CONTEXT));
        return footer.putInt(length).putInt(crc(footer, 0, length)).putLong(END).flip();
    }

    /** The part of a {@link #footer} that the pack's name is the SHA-256 of. */
    public static ByteBuffer named(ByteBuffer footer) {
        return footer.slice(0, footer.limit() - TRAILER);
    }

    /** Bytes of a pack with this directory. */
    public static long size(PackDirectory directory, Sealer sealer) {
        return chunksEnd(directory) + directory.length() + sealer.overhead() + TRAILER;
    }

    /**
     * Bytes of the footer, read off the last {@link #TRAILER} bytes of the pack.
     *
     * @param object name of the pack
     * @param size bytes of the pack
     */
    public static int footerLength(String object, ByteBuffer trailer, long size) throws DamagedException {
        trailer.order(ByteOrder.LITTLE_ENDIAN);
        if (trailer.getLong(8) != END) {
            throw new DamagedException(object, "it does not end as a pack does: it was cut off, or overwritten");
        }
        long length = Integer.toUnsignedLong(trailer.getInt(0)) + TRAILER;
        if (length > size - HEADER || length > Integer.MAX_VALUE) {
            throw new DamagedException(object, "its directory is longer than the pack");
        }
        return (int) length;
    }

    /**
     * The directory in a footer.
     *
     * @param size bytes of the pack, which must be what the directory adds up to
     */
    public static PackDirectory directory(String object, ByteBuffer footer, long size, Sealer sealer)
            throws DamagedException {
        footer.order(ByteOrder.LITTLE_ENDIAN);
        int length = footer.limit() - TRAILER;
        if (crc(footer, 0, length) != footer.getInt(length + 4)) {
            throw new DamagedException(object, "the checksum of its directory does not match");
        }
        ByteBuffer plain = opened(object, footer.slice(0, length), sealer);
        PackDirectory directory = PackDirectory.read(object, plain);
        long expected = size(directory, sealer);
        if (expected != size || plain.hasRemaining()) {
            throw new DamagedException(object, "it has " + size + " bytes, and by its directory " + expected);
        }
        return directory;
    }

    private static ByteBuffer opened(String object, ByteBuffer stored, Sealer sealer) throws DamagedException {
        try {
            return sealer.open(stored, ByteBuffer.allocate(stored.remaining()), CONTEXT);
        } catch (BrokenSealException e) {
            throw new DamagedException(object, "the seal of its directory is broken");
        }
    }

    private static long chunksEnd(PackDirectory directory) {
        long end = HEADER;
        for (int i = 0; i < directory.count(); i++) {
            end += Integer.toUnsignedLong(directory.storedLength(i));
        }
        return end;
    }

    /** Whether the first {@link #HEADER} bytes are those of a pack this program can read. */
    public static void requireHeader(String object, ByteBuffer header) throws DamagedException {
        if (header.mismatch(header()) >= 0) {
            throw new DamagedException(object, "it does not begin as a pack of version " + VERSION + " does");
        }
    }

    private static int crc(ByteBuffer bytes, int from, int to) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate().limit(to).position(from));
        return (int) crc.getValue();
    }
}
