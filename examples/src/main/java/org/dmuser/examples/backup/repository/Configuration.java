package org.dmuser.examples.backup.repository;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.dmuser.examples.backup.repository.crypto.Encryption;
import org.dmuser.examples.backup.repository.crypto.WrappedKey;
import org.dmuser.examples.backup.repository.format.DamagedException;
import org.dmuser.examples.backup.repository.format.Fields;
import org.dmuser.examples.backup.repository.format.ImageLayout;

/**
 * The object {@code config}: that this is a repository, of which format, and what opens it. Lines of key=value, the
 * last of which is a CRC-32C of those before it.
 *
 * @param id 32 hexadecimal digits, which no other repository has
 * @param key empty without encryption
 */
record Configuration(String id, Optional<WrappedKey> key) {
    private static final String FORMAT = "dmuser backup repository";
    private static final int VERSION = 1;
    private static final String CHECK = "crc32c=";

    Encryption encryption() {
        return key.map(WrappedKey::encryption).orElse(Encryption.NONE);
    }

    ByteBuffer bytes() {
        Fields fields = new Fields(Names.CONFIG)
                .put("format", FORMAT)
                .put("version", VERSION)
                .put("id", id)
                .put("chunk", ImageLayout.CHUNK)
                .put("encryption", encryption().text());
        key.ifPresent(wrapped -> put(fields, wrapped));
        byte[] text = array(fields.bytes());
        String check = CHECK + checksum(text, text.length);
        ByteBuffer bytes = ByteBuffer.allocate(text.length + check.length());
        return bytes.put(text).put(check.getBytes(StandardCharsets.US_ASCII)).flip();
    }

    private static void put(Fields fields, WrappedKey wrapped) {
        if (wrapped.encryption() == Encryption.PASSPHRASE) {
            fields.put("argon2id.salt", HexFormat.of().formatHex(wrapped.salt()))
                    .put("argon2id.memory-kib", wrapped.memoryKib())
                    .put("argon2id.iterations", wrapped.iterations())
                    .put("argon2id.lanes", wrapped.lanes());
        }
        fields.put("key", HexFormat.of().formatHex(wrapped.sealed()));
    }

    static Configuration parse(ByteBuffer bytes) throws DamagedException {
        byte[] text = array(bytes);
        int end = new String(text, StandardCharsets.ISO_8859_1).lastIndexOf(CHECK);
        if (end < 0 || !checksum(text, end).equals(tail(text, end + CHECK.length()))) {
            throw new DamagedException(Names.CONFIG, "its last line should be the CRC-32C of those before it");
        }
        Fields fields = Fields.parse(Names.CONFIG, ByteBuffer.wrap(text, 0, end));
        if (!fields.text("format").equals(FORMAT)) {
            throw new DamagedException(
                    Names.CONFIG, "it says '" + fields.text("format") + "' and not '" + FORMAT + "'");
        }
        require(fields, "version", VERSION);
        require(fields, "chunk", ImageLayout.CHUNK);
        Encryption encryption = fields.value("encryption", Encryption::of);
        return new Configuration(fields.text("id"), key(fields, encryption));
    }

    private static void require(Fields fields, String field, long known) throws DamagedException {
        if (fields.number(field) != known) {
            throw new DamagedException(
                    Names.CONFIG, field + " is " + fields.number(field) + ", and this program knows only " + known);
        }
    }

    private static Optional<WrappedKey> key(Fields fields, Encryption encryption) throws DamagedException {
        if (encryption == Encryption.NONE) {
            return Optional.empty();
        }
        byte[] sealed = fields.value("key", HexFormat.of()::parseHex);
        if (encryption == Encryption.KEY_FILE) {
            return Optional.of(new WrappedKey(encryption, new byte[0], 0, 0, 0, sealed));
        }
        return Optional.of(new WrappedKey(
                encryption,
                fields.value("argon2id.salt", HexFormat.of()::parseHex),
                fields.value("argon2id.memory-kib", Integer::parseInt),
                fields.value("argon2id.iterations", Integer::parseInt),
                fields.value("argon2id.lanes", Integer::parseInt),
                sealed));
    }

    private static byte[] array(ByteBuffer bytes) {
        byte[] array = new byte[bytes.remaining()];
        bytes.get(array);
        return array;
    }

    private static String tail(byte[] text, int from) {
        return new String(text, from, text.length - from, StandardCharsets.US_ASCII);
    }

    /** The rest of the last line. */
    private static String checksum(byte[] text, int length) {
        CRC32C crc = new CRC32C();
        crc.update(text, 0, length);
        return HexFormat.of().toHexDigits((int) crc.getValue()) + "\n";
    }
}
