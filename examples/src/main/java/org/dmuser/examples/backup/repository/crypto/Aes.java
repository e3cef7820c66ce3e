package org.dmuser.examples.backup.repository.crypto;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals with AES-256-GCM (NIST SP 800-38D), a random nonce each time.
 *
 * <pre>
 *    0            12               12 + n            28 + n
 *   +------------+----------------+-----------------+
 *   | nonce      | ciphertext     | tag 16          |
 *   +------------+----------------+-----------------+
 * </pre>
 *
 * <p>Random nonces are good for 2^32 seals with one key: a repository of a pebibyte. Any thread: {@code this} guards
 * the cipher and its nonce.
 */
final class Aes implements Sealer {
    /** Bytes of a key. */
    static final int KEY = 32;

    private static final int NONCE = 12;
    private static final int TAG = 16;

    private final SecretKeySpec key;
    private final SecureRandom random;
    private final Cipher cipher;
    private final byte[] nonce = new byte[NONCE];

    Aes(byte[] key, SecureRandom random) {
        this.key = new SecretKeySpec(key, "AES");
        this.random = random;
        try {
            cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no AES-GCM", e);
        }
    }

    @Override
    public boolean seals() {
        return true;
    }

    @Override
    public int overhead() {
        return NONCE + TAG;
    }

    @Override
    public synchronized ByteBuffer seal(ByteBuffer plain, ByteBuffer room, byte[] context) {
        random.nextBytes(nonce);
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(8 * TAG, nonce));
            cipher.updateAAD(context);
            room.put(nonce);
            cipher.doFinal(plain.duplicate(), room);
            return room.flip();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot seal " + plain.remaining() + " bytes", e);
        }
    }

    @Override
    public synchronized ByteBuffer open(ByteBuffer stored, ByteBuffer room, byte[] context) throws BrokenSealException {
        try {
            ByteBuffer sealed = stored.duplicate();
            if (sealed.remaining() < overhead()) {
                throw new AEADBadTagException("too short");
            }
            sealed.get(nonce);
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(8 * TAG, nonce));
            cipher.updateAAD(context);
            cipher.doFinal(sealed, room);
            return room.flip();
        } catch (AEADBadTagException e) {
            throw new BrokenSealException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot open " + stored.remaining() + " bytes", e);
        }
    }

    /**
     * A key for one purpose, from one for all: HMAC-SHA256 of the purpose, the step of HKDF (RFC 5869) that expands.
     */
    static byte[] derived(byte[] master, String purpose) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(master, "HmacSHA256"));
            mac.update(purpose.getBytes(StandardCharsets.US_ASCII));
            mac.update((byte) 1);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HMAC-SHA256", e);
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
