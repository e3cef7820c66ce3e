package org.dmuser.shim.dm;

import java.util.List;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;
import org.dmuser.shim.bio.Bio;

/**
 * A line of a table and the target made of it.
 *
 * @param claims the devices it holds open
 */
record TableTarget(TableLine line, Target target, List<DeviceClaim> claims) {

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

    void close(ErrorHandler errorHandler) {
        CloseHelper.close(errorHandler, target);
        CloseHelper.closeAll(errorHandler, claims);
    }
}
