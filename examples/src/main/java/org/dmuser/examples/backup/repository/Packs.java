package org.dmuser.examples.backup.repository;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.dmuser.examples.backup.repository.crypto.Sealer;
import org.dmuser.examples.backup.repository.format.ChunkId;
import org.dmuser.examples.backup.repository.format.DamagedException;
import org.dmuser.examples.backup.repository.format.PackDirectory;
import org.dmuser.examples.backup.repository.format.PackFile;
import org.dmuser.examples.backup.repository.storage.Storage;
import org.dmuser.examples.backup.repository.storage.StoredObject;

/** The packs as stored, as far as they are looked at without the index. */
final class Packs {
    /** Read at the end of a pack in the hope that the directory is within: it is, of some 1400 chunks. */
    private static final int GUESS = 64 * 1024;

    private final Storage storage;
    private final Sealer sealer;

    Packs(Storage storage, Sealer sealer) {
        this.storage = storage;
        this.sealer = sealer;
    }

    List<StoredObject> list() throws IOException {
        return storage.list(Names.PACKS);
    }

    /**
     * What a pack says is in it.
     *
     * @throws DamagedException if it does not say it, or if that is not what its name vouches for
     */
    PackDirectory directory(StoredObject pack) throws IOException {
        String object = Names.pack(pack.name());
        ByteBuffer footer = footer(object, pack.size());
        if (!name(footer).equals(pack.name())) {
            throw new DamagedException(object, "its directory has another SHA-256 than its name");
        }
        return PackFile.directory(object, footer, pack.size(), sealer);
    }

    private ByteBuffer footer(String object, long size) throws IOException {
        if (size < PackFile.HEADER + PackFile.TRAILER) {
            throw new DamagedException(object, "it has " + size + " bytes, which is less than an empty pack has");
        }
        ByteBuffer end = ByteBuffer.allocate((int) Math.min(GUESS, size));
        readEnd(object, size, end);
        ByteBuffer trailer = end.slice(end.limit() - PackFile.TRAILER, PackFile.TRAILER);
        int length = PackFile.footerLength(object, trailer, size);
        if (length <= end.limit()) {
            return end.slice(end.limit() - length, length);
        }
        ByteBuffer footer = ByteBuffer.allocate(length);
        readEnd(object, size, footer);
        return footer;
    }

    private void readEnd(String object, long size, ByteBuffer dst) throws IOException {
        try {
            storage.read(object, size - dst.remaining(), dst);
            dst.flip();
        } catch (EOFException e) {
            throw new DamagedException(object, "it has become shorter while it was read");
        }
    }

    /**
     * A chunk as it is stored.
     *
     * @param offset where it is in the pack
     * @param room of its length, for it; answered, to be read
     * @throws DamagedException if it is cut off, or has another checksum than the directory says
     */
    ByteBuffer chunk(String object, PackDirectory directory, int chunk, long offset, ByteBuffer room)
            throws IOException {
        ChunkId id = directory.id(chunk);
        try {
            storage.read(object, offset, room);
        } catch (EOFException e) {
            throw new DamagedException(object, "it was cut off before the end of chunk " + id);
        }
        if (ChunkCodec.checksum(room.flip()) != directory.crc(chunk)) {
            throw ChunkCodec.damaged(id, object, "its checksum does not match");
        }
        return room;
    }

    /** The name of the pack that ends with this footer. */
    static String name(ByteBuffer footer) {
        MessageDigest sha256 = ChunkCodec.sha256();
        sha256.update(PackFile.named(footer));
        return HexFormat.of().formatHex(sha256.digest());
    }
}
