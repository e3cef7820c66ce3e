package org.dmuser.examples.backup.repository;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.zip.CRC32C;
import org.dmuser.examples.backup.repository.crypto.BrokenSealException;
import org.dmuser.examples.backup.repository.crypto.Sealer;
import org.dmuser.examples.backup.repository.format.ChunkId;
import org.dmuser.examples.backup.repository.format.ChunkType;
import org.dmuser.examples.backup.repository.format.DamagedException;
import org.dmuser.examples.backup.repository.format.ImageLayout;
import org.dmuser.examples.backup.repository.format.PackDirectory;

/**
 * Chunks to stored bytes and back: hash, compression, seal, with all the buffers that takes. Belongs to one thread at a
 * time; {@link Codecs} lends them.
 */
final class ChunkCodec implements AutoCloseable {
    /** Fast enough to keep a disk busy, and most of what slower ones save. */
    private static final int ZSTD_LEVEL = 3;

    private final Sealer sealer;
    private final MessageDigest sha256 = sha256();
    private final byte[] digest = new byte[ChunkId.BYTES];
    private final byte[] context = new byte[1];
    private ZstdCompressCtx compressor;
    private ZstdDecompressCtx decompressor;
    private ByteBuffer compressed = ByteBuffer.allocateDirect(0);
    private ByteBuffer sealed = ByteBuffer.allocateDirect(0);
    private ByteBuffer plain = ByteBuffer.allocateDirect(0);
    private ByteBuffer stored = ByteBuffer.allocateDirect(0);
    private int kind;

    ChunkCodec(Sealer sealer) {
        this.sealer = sealer;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    /** The id of what remains in a buffer, which keeps its position. */
    ChunkId id(ByteBuffer content) {
        sha256.update(content.duplicate());
        try {
            sha256.digest(digest, 0, digest.length);
        } catch (java.security.DigestException e) {
            throw new AssertionError("32 bytes hold a SHA-256", e);
        }
        return ChunkId.of(digest);
    }

    /** What to store of a chunk; valid until the next call, and so is {@link #kind}. */
    ByteBuffer encode(ChunkType type, ByteBuffer content) {
        ByteBuffer source = content.isDirect() ? content : copied(content);
        int length = source.remaining();
        compressed = room(compressed, (int) Zstd.compressBound(length));
        int shrunk = compressor()
                .compressDirectByteBuffer(compressed, 0, compressed.limit(), source, source.position(), length);
        boolean raw = shrunk >= length;
        kind = PackDirectory.kind(type, raw ? PackDirectory.CODING_RAW : PackDirectory.CODING_ZSTD);
        ByteBuffer coded = raw ? source.duplicate() : compressed.position(0).limit(shrunk);
        if (sealer.seals()) {
            sealed = room(sealed, coded.remaining() + sealer.overhead());
        }
        context[0] = (byte) kind;
        return sealer.seal(coded, sealed, context);
    }

    /** Type and coding of what was encoded. */
    int kind() {
        return kind;
    }

    /** CRC-32C of what remains in a buffer, which keeps its position. */
    static int checksum(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate());
        return (int) crc.getValue();
    }

    /** Room for stored bytes, to be decoded. */
    ByteBuffer stored(int length) {
        stored = room(stored, length);
        return stored;
    }

    /**
     * Puts the plain bytes of a chunk into {@code dst}.
     *
     * @param where the chunk's pack, for messages
     * @throws DamagedException if they are not what the id says
     */
    void decode(ChunkId id, String where, ByteBuffer bytes, int kind, ByteBuffer dst) throws DamagedException {
        ByteBuffer coded = opened(id, where, bytes, kind);
        ByteBuffer target = dst.isDirect() ? dst.slice() : (plain = room(plain, dst.remaining()));
        int length = uncompressed(id, where, coded, kind, target);
        target.position(0).limit(length);
        if (!id(target).equals(id)) {
            throw damaged(id, where, "what it holds has another SHA-256");
        }
        if (dst.isDirect()) {
            dst.position(dst.position() + length);
        } else {
            dst.put(target);
        }
    }

    /** Decodes a chunk to see whether it is what its id says, and has the length it should. */
    void verify(ChunkId id, String where, ByteBuffer bytes, int kind, int plainLength) throws DamagedException {
        if (plainLength < 0 || plainLength > ImageLayout.CHUNK_MAX) {
            throw damaged(id, where, "it should have " + Integer.toUnsignedString(plainLength) + " bytes");
        }
        plain = room(plain, plainLength);
        decode(id, where, bytes, kind, plain);
        if (plain.hasRemaining()) {
            throw damaged(id, where, "it has " + plain.position() + " bytes and should have " + plainLength);
        }
    }

    private ByteBuffer opened(ChunkId id, String where, ByteBuffer bytes, int kind) throws DamagedException {
        if (sealer.seals()) {
            sealed = room(sealed, bytes.remaining());
        }
        context[0] = (byte) kind;
        try {
            return sealer.open(bytes, sealed, context);
        } catch (BrokenSealException e) {
            throw damaged(id, where, "its seal is broken");
        }
    }

    private int uncompressed(ChunkId id, String where, ByteBuffer coded, int kind, ByteBuffer target)
            throws DamagedException {
        switch (PackDirectory.coding(kind)) {
            case PackDirectory.CODING_RAW -> {
                int length = coded.remaining();
                if (length > target.remaining()) {
                    throw damaged(id, where, "it has " + length + " bytes, and should have " + target.remaining());
                }
                target.put(coded);
                return length;
            }
            case PackDirectory.CODING_ZSTD -> {
                try {
                    return decompressor()
                            .decompressDirectByteBuffer(
                                    target, 0, target.remaining(), coded, coded.position(), coded.remaining());
                } catch (ZstdException e) {
                    throw damaged(id, where, "zstd says: " + e.getMessage());
                }
            }
            default -> throw damaged(id, where, "its coding " + PackDirectory.coding(kind) + " is not known");
        }
    }

    static DamagedException damaged(ChunkId id, String where, String how) {
        return new DamagedException("chunk " + id + " in " + where, how);
    }

    private ByteBuffer copied(ByteBuffer content) {
        plain = room(plain, content.remaining());
        return plain.put(content.duplicate()).flip();
    }

    private static ByteBuffer room(ByteBuffer buffer, int length) {
        ByteBuffer room = buffer.capacity() >= length
                ? buffer
                : ByteBuffer.allocateDirect(Math.max(length, ImageLayout.CHUNK + 4096));
        return room.clear().limit(length);
    }

    private ZstdCompressCtx compressor() {
        if (compressor == null) {
            compressor = new ZstdCompressCtx().setLevel(ZSTD_LEVEL);
        }
        return compressor;
    }

    private ZstdDecompressCtx decompressor() {
        if (decompressor == null) {
            decompressor = new ZstdDecompressCtx();
        }
        return decompressor;
    }

    @Override
    public void close() {
        if (compressor != null) {
            compressor.close();
        }
        if (decompressor != null) {
            decompressor.close();
        }
    }
}
