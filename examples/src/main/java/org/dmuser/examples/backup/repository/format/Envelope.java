package org.dmuser.examples.backup.repository.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.dmuser.examples.backup.repository.crypto.BrokenSealException;
import org.dmuser.examples.backup.repository.crypto.Sealer;

/**
 * What is around an index file, and around a point.
 *
 * <pre>
 *    0          8             12         16                24        24 + n
 *   +----------+-------------+----------+-----------------+---------+----------------------------+
 *   | magic    | version u32 | form u32 | n u64           | payload | CRC-32C u32 of all before  |
 *   +----------+-------------+----------+-----------------+---------+----------------------------+
 *   form: 0 payload as it is, 1 payload sealed
 * </pre>
 */
public final class Envelope {
    static final int VERSION = 1;

    private static final int HEADER = 24;
    private static final int FORM_SEALED = 1;

    private Envelope() {}

    /**
     * The bytes to store.
     *
     * @param magic eight letters
     * @param name of the object, sealed with it, so that no other can be put in its place
     */
    public static ByteBuffer wrap(String magic, String name, ByteBuffer payload, Sealer sealer) {
        int room = payload.remaining() + sealer.overhead();
        ByteBuffer bytes = ByteBuffer.allocate(HEADER + room + Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(magic.getBytes(StandardCharsets.US_ASCII));
        bytes.putInt(VERSION).putInt(sealer.seals() ? FORM_SEALED : 0).putLong(room);
        bytes.put(sealer.seal(payload, ByteBuffer.allocate(room), context(name)));
        return bytes.putInt(crc(bytes, bytes.position())).flip();
    }

    /**
     * The payload of stored bytes.
     *
     * @throws DamagedException if they are not what {@link #wrap} made
     */
    public static ByteBuffer unwrap(String magic, String name, ByteBuffer bytes, Sealer sealer)
            throws DamagedException {
        bytes.order(ByteOrder.LITTLE_ENDIAN);
        int length = bytes.remaining() - HEADER - Integer.BYTES;
        if (length < 0) {
            throw new DamagedException(name, "it has " + bytes.remaining() + " bytes, and its frame alone takes more");
        }
        if (crc(bytes, HEADER + length) != bytes.getInt(HEADER + length)) {
            throw new DamagedException(name, "its checksum does not match");
        }
        requireHeader(magic, name, bytes, length, sealer);
        ByteBuffer payload = bytes.slice(HEADER, length);
        try {
            return sealer.open(payload, ByteBuffer.allocate(length), context(name))
                    .order(ByteOrder.LITTLE_ENDIAN);
        } catch (BrokenSealException e) {
            throw new DamagedException(
                    name, "its checksum matches, its seal does not: it was not written with this key");
        }
    }

    private static void requireHeader(String magic, String name, ByteBuffer bytes, int length, Sealer sealer)
            throws DamagedException {
        byte[] found = new byte[8];
        bytes.get(0, found);
        if (!magic.equals(new String(found, StandardCharsets.US_ASCII))) {
            throw new DamagedException(name, "it is no " + magic + " object");
        }
        if (bytes.getInt(8) != VERSION) {
            throw new DamagedException(
                    name, "it has version " + bytes.getInt(8) + ", and this program knows " + VERSION);
        }
        if (bytes.getLong(16) != length) {
            throw new DamagedException(name, "it should hold " + bytes.getLong(16) + " bytes, and holds " + length);
        }
        if (bytes.getInt(12) != (sealer.seals() ? FORM_SEALED : 0)) {
            throw new DamagedException(
                    name, sealer.seals() ? "it is not sealed" : "it is sealed, and nothing else here is");
        }
    }

    private static byte[] context(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }

    private static int crc(ByteBuffer bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate().position(0).limit(length));
        return (int) crc.getValue();
    }
}
