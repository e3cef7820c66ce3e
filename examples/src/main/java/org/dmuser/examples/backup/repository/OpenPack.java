package org.dmuser.examples.backup.repository;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.dmuser.examples.backup.repository.crypto.Sealer;
import org.dmuser.examples.backup.repository.format.ChunkId;
import org.dmuser.examples.backup.repository.format.PackDirectory;
import org.dmuser.examples.backup.repository.format.PackFile;
import org.dmuser.examples.backup.repository.storage.Upload;

/**
 * A pack in the making. Space in it is given out under its owner's lock, and filled without one; whoever fills the last
 * of a pack that is full finishes it.
 */
final class OpenPack implements AutoCloseable {
    private final Upload upload;
    private final PackDirectory directory = new PackDirectory();
    private long end = PackFile.HEADER;
    private int filling;
    private boolean sealed;

    OpenPack(Upload upload) {
        this.upload = upload;
    }

    /** Gives out space for a chunk: where it is to go. */
    long reserve(ChunkId id, int storedLength, int plainLength, int crc, int kind) {
        directory.add(id, storedLength, plainLength, crc, kind);
        long offset = end;
        end += storedLength;
        filling++;
        return offset;
    }

    /** Without a lock. */
    void fill(long offset, ByteBuffer stored) throws IOException {
        upload.write(offset, stored);
    }

    /** Space given out has been filled. True if it was the last, and no more will be given out. */
    boolean filled() {
        filling--;
        return sealed && filling == 0;
    }

    /** No more space is given out. True if all of it has been filled. */
    boolean seal() {
        sealed = true;
        return filling == 0;
    }

    /** Bytes so far. */
    long end() {
        return end;
    }

    PackDirectory directory() {
        return directory;
    }

    /** Writes what is around the chunks. Without a lock. Returns the name of the pack. */
    String finish(Sealer sealer) throws IOException {
        upload.write(0, PackFile.header());
        ByteBuffer footer = PackFile.footer(directory, sealer);
        String name = Packs.name(footer);
        upload.write(end, footer);
        upload.complete(Names.pack(name));
        return name;
    }

    @Override
    public void close() throws IOException {
        upload.close();
    }
}
