package org.dmuser.shim.dm;

import org.agrona.ErrorHandler;
import org.dmuser.shim.bio.Bio;
import org.dmuser.shim.bio.BioOp;

/** A line of a table and the target made of it. */
record TableTarget(TableLine line, Target target) {

    /** How much of {@code bio}, which begins in this target, is one piece of it: bytes. */
    long pieceLength(Bio bio) {
        long toEnd = (line.end() - bio.sector()) << Bio.SECTOR_SHIFT;
        long lengthMax = target.lengthMax(bio);
        if (lengthMax < Bio.SECTOR_SIZE) {
            throw new IllegalStateException("lengthMax() says " + lengthMax + " bytes, less than a sector");
        }
        long length = Math.min(bio.length(), Math.min(toEnd, lengthMax));
        return length & -Bio.SECTOR_SIZE;
    }

    /** How many copies it wants of a bio that is one piece of it; one of those that carry data. */
    int copies(Bio bio) {
        return bio.op().hasData() ? 1 : copies(bio.op());
    }

    /** How many copies of an empty flush it wants. */
    int flushCopies() {
        return copies(BioOp.WRITE);
    }

    private int copies(BioOp op) {
        int copies = target.copies(op);
        if (copies < 1) {
            throw new IllegalStateException("copies(" + op + ") says " + copies + ", less than one");
        }
        return copies;
    }

    /** Whatever it throws, the others are to be closed, too. */
    void close(ErrorHandler errorHandler) {
        try {
            target.close();
        } catch (RuntimeException | Error e) {
            errorHandler.onError(e);
        }
    }
}
