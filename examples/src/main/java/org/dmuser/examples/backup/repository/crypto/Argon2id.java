package org.dmuser.examples.backup.repository.crypto;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Makes a key of a passphrase with Argon2id (RFC 9106), which costs whoever tries many passphrases memory as well as
 * time.
 *
 * @param memoryKib KiB of memory, up to {@link #MEMORY_MAX_KIB}
 * @param iterations passes over it
 * @param lanes how it is divided
 */
record Argon2id(byte[] salt, int memoryKib, int iterations, int lanes) {
    /** A repository may ask for no more: opening a damaged or hostile one must not exhaust the machine. */
    static final int MEMORY_MAX_KIB = 1024 * 1024;

    private static final int ITERATIONS_MAX = 100;
    private static final int LANES_MAX = 64;

    Argon2id {
        if (memoryKib < 8 * lanes
                || memoryKib > MEMORY_MAX_KIB
                || iterations < 1
                || iterations > ITERATIONS_MAX
                || lanes < 1
                || lanes > LANES_MAX) {
            throw new IllegalArgumentException(
                    "memory " + memoryKib + " KiB, " + iterations + " iterations, " + lanes + " lanes");
        }
    }

    byte[] key(char[] passphrase) {
        ByteBuffer utf8 = StandardCharsets.UTF_8.encode(CharBuffer.wrap(passphrase));
        byte[] password = Arrays.copyOf(utf8.array(), utf8.limit());
        Arrays.fill(utf8.array(), (byte) 0);
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withSalt(salt)
                .withMemoryAsKB(memoryKib)
                .withIterations(iterations)
                .withParallelism(lanes)
                .build());
        byte[] key = new byte[Aes.KEY];
        generator.generateBytes(password, key);
        Arrays.fill(password, (byte) 0);
        return key;
    }
}
