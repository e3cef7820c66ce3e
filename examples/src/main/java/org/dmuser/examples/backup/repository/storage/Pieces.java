package org.dmuser.examples.backup.repository.storage;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Collections;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * An object in memory that is written in pieces, in any order and by any number of threads, and then read from its
 * start.
 */
final class Pieces {
    private final ConcurrentSkipListMap<Long, byte[]> pieces = new ConcurrentSkipListMap<>();

    void write(long offset, ByteBuffer src) {
        byte[] piece = new byte[src.remaining()];
        src.get(piece);
        pieces.put(offset, piece);
    }

    /** All bytes, which must be without a gap. */
    long length() throws IOException {
        long end = 0;
        for (var piece : pieces.entrySet()) {
            if (piece.getKey() != end) {
                throw new IOException("nothing was written from byte " + end + " to " + piece.getKey());
            }
            end += piece.getValue().length;
        }
        return end;
    }

    InputStream stream() {
        return new SequenceInputStream(Collections.enumeration(
                pieces.values().stream().map(ByteArrayInputStream::new).toList()));
    }

    /** As HTTP wants it: the receiver refuses what arrives otherwise. */
    String md5() {
        try {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            pieces.values().forEach(md5::update);
            return Base64.getEncoder().encodeToString(md5.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no MD5", e);
        }
    }

    void clear() {
        pieces.clear();
    }
}
