package org.dmuser.examples.backup.repository;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.dmuser.examples.backup.repository.crypto.Key;
import org.dmuser.examples.backup.repository.crypto.KeyFiles;
import org.dmuser.examples.backup.repository.storage.LocalStorage;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Restores an image by docs/backup-format.md alone: nothing of ours reads here. */
class BackupFormatTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final String ZERO = "00".repeat(32);

    @TempDir
    private Path directory;

    private Path keyFile;
    /** Null if nothing is sealed. */
    private byte[] chunkKey;

    private byte[] metadataKey;

    /** Where a chunk is. */
    private record Place(String pack, int offset, int stored, int plain, int crc, int kind) {}

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldBeReadableByItsDescription(boolean sealed, @TempDir Path keys) throws Exception {
        byte[] image = Images.mixed(1_300_000, 5);
        keyFile = keys.resolve("key");
        KeyFiles.create(keyFile);
        Key key = sealed ? new Key.File(keyFile) : Key.NONE;
        try (Repository repository = Repository.create(new LocalStorage(directory), key)) {
            repository.lock(LockKind.WRITE);
            Images.store(repository, image);
        }
        readConfig(sealed);
        Map<String, Place> fromIndex = readIndex();
        assertEquals(readPacks(), fromIndex);
        assertArrayEquals(image, restore(fromIndex));
    }

    private void readConfig(boolean sealed) throws Exception {
        String text = Files.readString(directory.resolve("config"));
        int last = text.lastIndexOf("crc32c=");
        assertEquals(
                "crc32c=" + HEX.toHexDigits(crc(text.substring(0, last).getBytes(UTF_8))) + "\n", text.substring(last));
        Map<String, String> fields = fields(text);
        assertEquals("dmuser backup repository", fields.get("format"));
        assertEquals("1", fields.get("version"));
        assertEquals("262144", fields.get("chunk"));
        assertEquals(sealed ? "keyfile" : "none", fields.get("encryption"));
        if (sealed) {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update("dmuser backup key file\n".getBytes(US_ASCII));
            byte[] wrapping = sha256.digest(Files.readAllBytes(keyFile));
            byte[] context = fields.get("id").getBytes(US_ASCII);
            byte[] master = open(wrapping, HEX.parseHex(fields.get("key")), context);
            chunkKey = derived(master, "dmuser chunks");
            metadataKey = derived(master, "dmuser metadata");
        }
    }

    private static byte[] derived(byte[] master, String purpose) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(master, "HmacSHA256"));
        mac.update(purpose.getBytes(US_ASCII));
        return mac.doFinal(new byte[] {1});
    }

    private static byte[] open(byte[] key, byte[] sealed, byte[] context) throws GeneralSecurityException {
        if (key == null) {
            return sealed;
        }
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, sealed, 0, 12));
        cipher.updateAAD(context);
        return cipher.doFinal(sealed, 12, sealed.length - 12);
    }

    private Map<String, Place> readIndex() throws Exception {
        Map<String, Place> places = new HashMap<>();
        for (Path file : files("index")) {
            ByteBuffer payload = envelope("DMUBINDX", file);
            int packs = payload.getInt();
            assertEquals(0, payload.getInt());
            for (int i = 0; i < packs; i++) {
                byte[] name = new byte[32];
                payload.get(name);
                readDirectory(HEX.formatHex(name), payload, places);
            }
            assertEquals(0, payload.remaining());
        }
        return places;
    }

    private ByteBuffer envelope(String magic, Path file) throws Exception {
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer envelope = little(bytes);
        assertEquals(magic, new String(bytes, 0, 8, US_ASCII));
        assertEquals(1, envelope.getInt(8));
        assertEquals(metadataKey == null ? 0 : 1, envelope.getInt(12));
        int length = (int) envelope.getLong(16);
        assertEquals(bytes.length, 24 + length + 4);
        assertEquals(crc(Arrays.copyOf(bytes, 24 + length)), envelope.getInt(24 + length));
        byte[] context = directory.relativize(file).toString().getBytes(UTF_8);
        return little(open(metadataKey, Arrays.copyOfRange(bytes, 24, 24 + length), context));
    }

    private static void readDirectory(String pack, ByteBuffer bytes, Map<String, Place> places) {
        int start = bytes.position();
        int n = bytes.getInt(start);
        assertEquals(0, bytes.getInt(start + 4));
        int offset = 16;
        for (int i = 0; i < n; i++) {
            byte[] id = new byte[32];
            bytes.get(start + 8 + 32 * i, id);
            int columns = start + 8 + 32 * n;
            int stored = bytes.getInt(columns + 4 * i);
            int plain = bytes.getInt(columns + 4 * n + 4 * i);
            int crc = bytes.getInt(columns + 8 * n + 4 * i);
            int kind = bytes.get(columns + 12 * n + i);
            places.put(HEX.formatHex(id), new Place(pack, offset, stored, plain, crc, kind));
            offset += stored;
        }
        bytes.position(start + 8 + 45 * n);
    }

    private Map<String, Place> readPacks() throws Exception {
        Map<String, Place> places = new HashMap<>();
        for (Path file : files("packs")) {
            byte[] bytes = Files.readAllBytes(file);
            ByteBuffer pack = little(bytes);
            assertEquals("DMUBPACK", new String(bytes, 0, 8, US_ASCII));
            assertEquals(1, pack.getInt(8));
            assertEquals(0, pack.getInt(12));
            assertEquals("DMUBPEND", new String(bytes, bytes.length - 8, 8, US_ASCII));
            int length = pack.getInt(bytes.length - 16);
            byte[] stored = Arrays.copyOfRange(bytes, bytes.length - 16 - length, bytes.length - 16);
            assertEquals(crc(stored), pack.getInt(bytes.length - 12));
            String name = HEX.formatHex(MessageDigest.getInstance("SHA-256").digest(stored));
            assertEquals(file.getFileName().toString(), name);
            readDirectory(name, little(open(metadataKey, stored, "pack directory".getBytes(US_ASCII))), places);
        }
        return places;
    }

    private byte[] restore(Map<String, Place> places) throws Exception {
        ByteBuffer payload = envelope("DMUBPONT", files("points").get(0));
        Map<String, String> fields = fields(UTF_8.decode(payload).toString());
        assertEquals("vol=1%0A%250A", fields.get("volume"));
        int size = Integer.parseInt(fields.get("size"));
        ByteBuffer image = ByteBuffer.allocate(size);
        byte[] root = chunk(fields.get("root"), 2, places);
        for (int t = 0; t < root.length; t += 32) {
            String table = HEX.formatHex(root, t, t + 32);
            byte[] ids = table.equals(ZERO) ? new byte[1024 * 32] : chunk(table, 1, places);
            for (int i = 0; i < ids.length; i += 32) {
                String id = HEX.formatHex(ids, i, i + 32);
                image.put(id.equals(ZERO) ? new byte[Math.min(262144, image.remaining())] : chunk(id, 0, places));
            }
        }
        assertEquals(0, image.remaining());
        return image.array();
    }

    private byte[] chunk(String id, int type, Map<String, Place> places) throws Exception {
        Place place = places.get(id);
        byte[] pack = Files.readAllBytes(directory.resolve("packs").resolve(place.pack));
        byte[] stored = Arrays.copyOfRange(pack, place.offset, place.offset + place.stored);
        assertEquals(place.crc, crc(stored));
        assertEquals(type, place.kind & 0xf);
        byte[] coded = open(chunkKey, stored, new byte[] {(byte) place.kind});
        byte[] plain = place.kind >> 4 == 0 ? coded : Zstd.decompress(coded, place.plain);
        assertEquals(place.plain, plain.length);
        assertEquals(id, HEX.formatHex(MessageDigest.getInstance("SHA-256").digest(plain)));
        return plain;
    }

    private static Map<String, String> fields(String text) {
        Map<String, String> fields = new HashMap<>();
        text.lines().forEach(line -> fields.put(line.split("=", 2)[0], line.split("=", 2)[1]));
        return fields;
    }

    private List<Path> files(String folder) throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve(folder))) {
            return files.toList();
        }
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int crc(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
