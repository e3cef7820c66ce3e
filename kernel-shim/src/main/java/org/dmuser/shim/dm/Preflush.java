package org.dmuser.shim.dm;

import org.dmuser.channel.Errno;
import org.dmuser.channel.RequestFlags;
import org.dmuser.shim.bio.Bio;
import org.dmuser.shim.bio.BioOp;
import org.dmuser.shim.bio.EndListener;
import org.dmuser.shim.bio.Submission;

/**
 * A bio that flushes first: sends empty flushes to each target that knows what that is, as many as it wants, and when
 * all have ended goes on with the data, if there is any and the flush has not failed. (Linux drops the error of a flush
 * in front of data; we do not.)
 *
 * <p>Is also a device, to which a bio of its own, the round, is submitted behind the flushes of one target to send
 * those of the next. It goes through the gate each time; if there is another table then, all targets of that are
 * flushed. By the time it has been to all, flushes that end on the thread that submitted them have ended, and the data
 * follows on the same thread. Otherwise a worker submits the data: the thread that ended the last flush may be one that
 * must not wait for room.
 *
 * <p>What is used up goes back to the path, so that nothing is allocated.
 */
final class Preflush implements GateEntry, EndListener {
    private static final long FLUSH_FLAGS = RequestFlags.PREFLUSH | RequestFlags.SYNC;

    private final BioPath path;
    private final Supply supply;
    private final Bio round = new Bio();
    private final Bio data = new Bio();

    /** The flushes, and the round. */
    private final Parts parts = new Parts();

    private Bio whole;
    private Table table;

    /** Which of the table's targets is to be flushed next. */
    private int next;

    Preflush(BioPath path, Supply supply) {
        this.path = path;
        this.supply = supply;
    }

    /** The caller has a hold in the gate. */
    void start(Bio bio, Table live) {
        whole = bio;
        table = live;
        next = 0;
        parts.start();
        step(startFlush(round), live);
    }

    private Bio startFlush(Bio bio) {
        return bio.start(BioOp.WRITE, FLUSH_FLAGS, 0, 0, null, this);
    }

    @Override
    public void step(Bio bio, Table live) {
        if (live != table) {
            table = live;
            next = 0;
        }
        if (next == live.flushTargets().length) {
            bio.end(Errno.OK);
        } else {
            flush(live.flushTargets()[next], live.flushCopies(next));
        }
    }

    private void flush(TableTarget target, int copies) {
        Bio flush = supply.takePieces(copies, round, this);
        if (flush == null) {
            return;
        }
        next++;
        parts.add(copies);
        for (int copy = 0; copy < copies; copy++) {
            // May be in use again when the target returns.
            Bio following = flush.next();
            path.map(target, startFlush(flush), copy);
            flush = following;
        }
        Submission.submit(round, this);
    }

    @Override
    public Bio withoutPiece(Bio flush) {
        if (flush == data) {
            return flush;
        }
        Bio same = new Bio().start(BioOp.WRITE, flush.flags(), 0, 0, null, (again, status) -> {
            end(status, false);
            return status;
        });
        flush.pop(this);
        supply.giveBack(flush);
        return same;
    }

    @Override
    public Errno onEnd(Bio bio, Errno status) {
        if (bio == data) {
            endWhole(status);
        } else if (bio == round) {
            end(status, true);
        } else {
            supply.giveBack(bio);
            end(status, false);
        }
        return status;
    }

    /** @param submits whether the thread is one that submits the bio, not one that brings an end from elsewhere */
    private void end(Errno status, boolean submits) {
        if (!parts.end(status)) {
            return;
        }
        if (parts.status() != Errno.OK || whole.length() == 0) {
            endWhole(parts.status());
            return;
        }
        data.startPart(whole, whole.flags() & ~RequestFlags.PREFLUSH, whole.length(), this);
        if (submits) {
            Submission.submit(data, path);
        } else {
            path.submitLater(data);
        }
    }

    private void endWhole(Errno status) {
        Bio ended = whole;
        whole = null;
        table = null;
        data.forget();
        supply.giveBack(this);
        ended.end(status);
    }

    @Override
    public BioPath path() {
        return path;
    }
}
