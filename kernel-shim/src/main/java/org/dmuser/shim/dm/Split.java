package org.dmuser.shim.dm;

import org.dmuser.channel.Errno;
import org.dmuser.shim.bio.Bio;
import org.dmuser.shim.bio.EndListener;
import org.dmuser.shim.bio.Submission;

/**
 * A bio that does not fit into one piece, or of which a target wants copies: has one piece after the other of its
 * remainder mapped, and ends it when all have ended, as {@link Parts} says.
 *
 * <p>Is also the device that the remainder is submitted to, which is how the remainder finds the split it belongs to
 * again, even after it was deferred. The bio itself is left as it is. What is used up goes back to the path, so that
 * nothing is allocated.
 */
final class Split implements GateEntry, EndListener {
    private final BioPath path;
    private final Supply supply;
    private final Bio remainder = new Bio();

    /** The pieces, and the remainder. */
    private final Parts parts = new Parts();

    private Bio whole;

    Split(BioPath path, Supply supply) {
        this.path = path;
        this.supply = supply;
    }

    Split start(Bio bio) {
        whole = bio;
        parts.start();
        remainder.startPart(bio, bio.flags(), bio.length(), this);
        return this;
    }

    /**
     * Has the first {@code length} bytes of the remainder mapped, in so many copies, and submits what is left behind
     * what they produce. If nothing is left, the remainder is the last copy itself. The caller has a hold in the gate.
     */
    void map(TableTarget target, long length, int copies) {
        boolean last = length == remainder.length();
        int count = last ? copies - 1 : copies;
        Bio piece = supply.takePieces(count, remainder, this);
        if (piece == null) {
            return;
        }
        parts.add(count);
        for (int copy = 0; copy < count; copy++) {
            // May be in use again when the target returns.
            Bio next = piece.next();
            path.map(target, piece.startPart(remainder, remainder.flags(), length, this), copy);
            piece = next;
        }
        if (last) {
            path.map(target, remainder, count);
        } else {
            remainder.advance(length);
            Submission.submit(remainder, this);
        }
    }

    @Override
    public Bio withoutPiece(Bio bio) {
        if (bio == remainder) {
            return bio;
        }
        Bio same = new Bio().startPart(bio, bio.flags(), bio.length(), (again, status) -> {
            end(status);
            return status;
        });
        bio.pop(this);
        supply.giveBack(bio);
        return same;
    }

    @Override
    public Errno onEnd(Bio bio, Errno status) {
        if (bio != remainder) {
            supply.giveBack(bio);
        }
        end(status);
        return status;
    }

    private void end(Errno status) {
        if (parts.end(status)) {
            Bio ended = whole;
            Errno endStatus = parts.status();
            whole = null;
            remainder.forget();
            supply.giveBack(this);
            ended.end(endStatus);
        }
    }

    @Override
    public BioPath path() {
        return path;
    }

    @Override
    public void step(Bio bio, Table live) {
        path.mapPiece(bio, live, this);
    }
}
