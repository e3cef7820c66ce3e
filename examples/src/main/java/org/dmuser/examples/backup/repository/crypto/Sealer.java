package org.dmuser.examples.backup.repository.crypto;

import java.nio.ByteBuffer;

/**
 * Makes bytes unreadable and unchangeable for those without the key. Any thread, but one waits for the other: whoever
 * has much to seal has one of his own.
 *
 * <p>The context is not stored: whoever opens must know what was meant to be there, so nothing can be moved elsewhere.
 */
public interface Sealer {

    /** For repositories without encryption: bytes stay as they are, and are not copied. */
    Sealer NONE = new Sealer() {
        @Override
        public boolean seals() {
            return false;
        }

        @Override
        public int overhead() {
            return 0;
        }

        @Override
        public ByteBuffer seal(ByteBuffer plain, ByteBuffer room, byte[] context) {
            return plain;
        }

        @Override
        public ByteBuffer open(ByteBuffer stored, ByteBuffer room, byte[] context) {
            return stored;
        }
    };

    boolean seals();

    /** Bytes by which sealed is longer than plain. */
    int overhead();

    /** What is to be stored: either {@code room}, filled from its position and flipped, or {@code plain} itself. */
    ByteBuffer seal(ByteBuffer plain, ByteBuffer room, byte[] context);

    /**
     * The plain bytes: either {@code room}, filled from its position and flipped, or {@code stored} itself.
     *
     * @throws BrokenSealException if they are not what was sealed
     */
    ByteBuffer open(ByteBuffer stored, ByteBuffer room, byte[] context) throws BrokenSealException;
}
