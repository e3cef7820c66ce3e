package org.dmuser.examples.backup.repository.crypto;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;

/**
 * The master key of a repository as it is stored there: sealed with a key made of the passphrase or the key file.
 * Another passphrase needs only this made anew.
 *
 * @param encryption what opens it
 * @param salt for the passphrase, 16 bytes; empty for a key file, as are the numbers that follow
 * @param memoryKib see {@link Argon2id}
 * @param iterations see {@link Argon2id}
 * @param lanes see {@link Argon2id}
 * @param sealed the master key, 60 bytes
 */
public record WrappedKey(Encryption encryption, byte[] salt, int memoryKib, int iterations, int lanes, byte[] sealed) {
    private static final int SALT = 16;

    /** How much a passphrase costs to try. The second of the two choices RFC 9106 recommends: 64 MiB, three passes. */
    public record Cost(int memoryKib, int iterations, int lanes) {
        public static final Cost RECOMMENDED = new Cost(64 * 1024, 3, 4);
    }

    /**
     * A new master key, wrapped.
     *
     * @param key a passphrase or a key file
     * @param context what the repository is, which the seal is bound to
     */
    public static WrappedKey create(Key key, Cost cost, byte[] context) throws IOException {
        SecureRandom random = new SecureRandom();
        byte[] salt = new byte[key.encryption() == Encryption.PASSPHRASE ? SALT : 0];
        random.nextBytes(salt);
        byte[] master = new byte[Aes.KEY];
        random.nextBytes(master);
        WrappedKey empty = salt.length > 0
                ? new WrappedKey(key.encryption(), salt, cost.memoryKib, cost.iterations, cost.lanes, new byte[0])
                : new WrappedKey(key.encryption(), salt, 0, 0, 0, new byte[0]);
        Aes aes = new Aes(empty.wrapping(key), random);
        byte[] sealed = new byte[Aes.KEY + aes.overhead()];
        aes.seal(ByteBuffer.wrap(master), ByteBuffer.wrap(sealed), context);
        return new WrappedKey(empty.encryption, salt, empty.memoryKib, empty.iterations, empty.lanes, sealed);
    }

    /**
     * The keys of the repository.
     *
     * @throws WrongKeyException if {@code key} is not the one it was wrapped with
     */
    public Keys open(Key key, byte[] context) throws IOException {
        SecureRandom random = new SecureRandom();
        byte[] master = new byte[Aes.KEY];
        try {
            new Aes(wrapping(key), random)
                    .open(ByteBuffer.wrap(sealed), ByteBuffer.allocate(sealed.length), context)
                    .get(master);
        } catch (BrokenSealException e) {
            throw new WrongKeyException(
                    key instanceof Key.File file
                            ? "key file " + file.path() + " is not the one of this repository"
                            : "wrong passphrase");
        }
        return new AesKeys(Aes.derived(master, "dmuser chunks"), Aes.derived(master, "dmuser metadata"), random);
    }

    private byte[] wrapping(Key key) throws IOException {
        if (key instanceof Key.File file) {
            return KeyFiles.read(file.path());
        }
        char[] characters = ((Key.Passphrase) key).characters();
        if (characters.length == 0) {
            throw new WrongKeyException("the passphrase is empty");
        }
        return new Argon2id(salt, memoryKib, iterations, lanes).key(characters);
    }

    private record AesKeys(byte[] chunks, byte[] metadata, SecureRandom random) implements Keys {
        @Override
        public Sealer chunkSealer() {
            return new Aes(chunks, random);
        }

        @Override
        public Sealer metadataSealer() {
            return new Aes(metadata, random);
        }
    }
}
