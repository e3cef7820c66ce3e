package org.dmuser.shim.dm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;
import org.dmuser.channel.Errno;
import org.dmuser.channel.RequestFlags;
import org.dmuser.shim.bio.Bio;
import org.dmuser.shim.bio.BlockDevice;

/**
 * A file or block device of the machine. A bio is served on the thread that submits it, and has ended when that
 * returns.
 *
 * <p>A discard makes a hole, which reads as zeros, or ends with EOPNOTSUPP; zeroes are written. A file keeps the size
 * it had when it was opened.
 */
final class FileDevice implements BlockDevice, AutoCloseable {
    private static final String NO_SPACE = Errno.ENOSPC.text();
    private static final int ZEROES_LENGTH = 1 << 17;
    private static final ByteBuffer ZEROES =
            ByteBuffer.allocateDirect(ZEROES_LENGTH).asReadOnlyBuffer();

    private final Path path;
    private final String number;
    private final FileStore store;
    private final long sectors;
    private final ErrorHandler errorHandler;

    /** Null where it has been lost; whoever opens and closes devices has this. */
    private ExclusiveClaim claim;

    /** Null while it is open for reading only. */
    private volatile HolePuncher holes;

    private FileDevice(
            Path path, String number, FileStore store, ExclusiveClaim claim, long sectors, ErrorHandler errorHandler) {
        this.path = path;
        this.number = number;
        this.store = store;
        this.claim = claim;
        this.sectors = sectors;
        this.errorHandler = errorHandler;
    }

    /**
     * Opens it, for nobody else but those who do not ask.
     *
     * @param number {@code major:minor} of a block device, null for a file
     * @throws DmException EBUSY if somebody else has claimed the block device, or locked the file
     */
    static FileDevice open(Path path, String number, boolean readOnly, ErrorHandler errorHandler)
            throws IOException, DmException {
        FileStore store = new FileStore(path, readOnly);
        ExclusiveClaim claim = null;
        try {
            claim = number == null ? ExclusiveClaim.ofFile(path, readOnly) : ExclusiveClaim.ofDevice(path);
            long sectors = store.size() >> Bio.SECTOR_SHIFT;
            FileDevice device = new FileDevice(path, number, store, claim, sectors, errorHandler);
            device.holes = readOnly ? null : HolePuncher.open(path);
            return device;
        } catch (IOException | DmException | RuntimeException e) {
            CloseHelper.quietCloseAll(claim, store);
            throw e;
        }
    }

    Path path() {
        return path;
    }

    /** {@code major:minor} of a block device, null for a file. */
    String number() {
        return number;
    }

    @Override
    public long sectors() {
        return sectors;
    }

    @Override
    public boolean readOnly() {
        return store.readOnly();
    }

    /**
     * Opens it anew, for writing too.
     *
     * @throws DmException EBUSY if others read a file
     */
    void makeWritable() throws IOException, DmException {
        if (holes == null) {
            holes = HolePuncher.open(path);
        }
        if (number == null) {
            claimToWrite();
        }
        store.makeWritable();
    }

    private void claimToWrite() throws DmException {
        // In the way of one that is not shared.
        CloseHelper.close(claim);
        claim = null;
        try {
            claim = ExclusiveClaim.ofFile(path, false);
        } catch (DmException e) {
            claim = ExclusiveClaim.ofFile(path, true);
            throw e;
        }
    }

    @Override
    public void accept(Bio bio) {
        Errno status = Errno.EIO;
        try {
            status = serve(bio);
        } catch (IOException | RuntimeException | Error e) {
            status = NO_SPACE.equals(e.getMessage()) ? Errno.ENOSPC : Errno.EIO;
            errorHandler.onError(new IOException(path + ": " + bio + " failed: " + e, e));
        } finally {
            bio.end(status);
        }
    }

    private Errno serve(Bio bio) throws IOException {
        if (bio.sector() < 0 || bio.sector() > sectors - (bio.length() >>> Bio.SECTOR_SHIFT)) {
            return Errno.EIO;
        }
        if (bio.op().modifies() && readOnly() && !bio.isEmptyFlush()) {
            return Errno.EROFS;
        }
        if (bio.has(RequestFlags.PREFLUSH)) {
            store.force();
        }
        long position = bio.sector() << Bio.SECTOR_SHIFT;
        switch (bio.op()) {
            case READ -> store.readFully(bio.data().clear().limit((int) bio.length()), position);
            case WRITE -> write(bio, position);
            case WRITE_ZEROES -> writeZeroes(position, bio.length());
            case DISCARD -> {
                return holes.punch(position, bio.length());
            }
        }
        if (bio.has(RequestFlags.FUA)) {
            store.force();
        }
        return Errno.OK;
    }

    private void write(Bio bio, long position) throws IOException {
        if (bio.length() > 0) {
            store.writeFully(bio.data().clear().limit((int) bio.length()), position);
        }
    }

    private void writeZeroes(long position, long length) throws IOException {
        ByteBuffer zeroes = ZEROES.duplicate();
        for (long done = 0; done < length; done += zeroes.limit()) {
            zeroes.clear().limit((int) Math.min(ZEROES_LENGTH, length - done));
            store.writeFully(zeroes, position + done);
        }
    }

    @Override
    public void close() {
        CloseHelper.closeAll(claim, holes, store);
    }
}
