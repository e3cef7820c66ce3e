package org.dmuser.shim.dm;

import java.util.function.Function;
import org.agrona.ErrorHandler;
import org.dmuser.channel.MessageQueue;
import org.dmuser.shim.bio.Bio;
import org.dmuser.shim.bio.BioOp;

/** A line of a table and the target made of it. */
record TableTarget(TableLine line, Target target) {

    /** How much of {@code bio}, which begins in this target, is one piece of it: bytes. */
    long pieceLength(Bio bio) {
        long toEnd = (line.end() - bio.sector()) << Bio.SECTOR_SHIFT;
        long lengthMax = target.lengthMax(bio);
        if (lengthMax < Bio.SECTOR_SIZE) {
            throw wrong("lengthMax() says " + lengthMax + " bytes, less than a sector");
        }
        long length = Math.min(bio.length(), Math.min(toEnd, lengthMax));
        return length & -Bio.SECTOR_SIZE;
    }

    /** How many copies it wants of a bio that is one piece of it; one of those that carry data. */
    int copies(Bio bio) {
        return bio.op().hasData() ? 1 : copies(bio.op());
    }

    /** The queue that all that it maps comes to, where that is its own and not that of a device below; or null. */
    MessageQueue ownQueue() {
        return target.ranges().isEmpty() ? target.queue() : null;
    }

    /** How many copies of an empty flush it wants. */
    int flushCopies() {
        return copies(BioOp.WRITE);
    }

    private int copies(BioOp op) {
        int copies = target.copies(op);
        if (copies < 1) {
            throw wrong("copies(" + op + ") says " + copies + ", less than one");
        }
        return copies;
    }

    /** The line, with what {@code words} has the target say. */
    TableLine describe(Function<Target, String> words) {
        try {
            return new TableLine(line.number(), line.start(), line.length(), line.type(), words.apply(target));
        } catch (RuntimeException | Error e) {
            throw wrong("cannot say what it is: " + e);
        }
    }

    private IllegalStateException wrong(String problem) {
        return new IllegalStateException("table line " + line.number() + ": " + line.type() + ": " + problem);
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
