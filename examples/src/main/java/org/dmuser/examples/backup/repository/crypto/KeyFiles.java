package org.dmuser.examples.backup.repository.crypto;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import org.dmuser.channel.OwnerOnly;

/** Key files: any file of 32 bytes or more, all of which count. */
public final class KeyFiles {
    private static final int LENGTH_MIN = 32;
    private static final int LENGTH_MAX = 1024 * 1024;

    private KeyFiles() {}

    /**
     * Makes a key file: 256 random bits as one line of text, to be read by its owner only.
     *
     * @throws java.nio.file.FileAlreadyExistsException if there is a file: it may be the key of another repository
     */
    public static void create(Path path) throws IOException {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        String line = HexFormat.of().formatHex(key) + "\n";
        try (FileChannel channel = FileChannel.open(path, Set.of(CREATE_NEW, WRITE), OwnerOnly.file())) {
            channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)));
            channel.force(true);
        }
    }

    /** The key that wraps the repository's. */
    static byte[] read(Path path) throws IOException {
        long size = Files.size(path);
        if (size < LENGTH_MIN || size > LENGTH_MAX) {
            throw new WrongKeyException("key file " + path + " has " + size + " bytes; a key file has from "
                    + LENGTH_MIN + " to " + LENGTH_MAX);
        }
        MessageDigest sha256 = Aes.sha256();
        sha256.update("dmuser backup key file\n".getBytes(StandardCharsets.US_ASCII));
        return sha256.digest(Files.readAllBytes(path));
    }
}
