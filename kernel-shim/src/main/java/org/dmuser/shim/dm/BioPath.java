package org.dmuser.shim.dm;

import java.util.concurrent.Executor;
import org.agrona.ErrorHandler;
import org.dmuser.channel.Errno;
import org.dmuser.channel.MessageQueue;
import org.dmuser.channel.MessageQueues;
import org.dmuser.channel.RequestFlags;
import org.dmuser.shim.bio.Bio;
import org.dmuser.shim.bio.BlockDevice;
import org.dmuser.shim.bio.EndListener;
import org.dmuser.shim.bio.Submission;

/**
 * What a mapped device does with a bio: refuse it, defer it, or map one piece of it by the live table and submit the
 * rest behind that. Any thread; no lock.
 *
 * <p>Holds in the gate: a bio that {@link #admit admits} has one for the thread that maps it, until it returns, and
 * {@link #map} takes one for each bio given to a target, which {@link #onEnd} gives back. The remainder of a split, the
 * round of a preflush and the data behind it have none while they wait, for pieces or for their turn: they come through
 * the gate again, so a suspend waits for what was mapped and for nothing that needs the gate to open.
 */
final class BioPath implements GateEntry, EndListener {
    private final String name;
    private final SuspendGate gate;
    private final ErrorHandler errorHandler;
    private final Supply supply;
    private final Backlog deferred;
    private volatile Table table;
    private volatile boolean pushBack;

    BioPath(String name, SuspendGate gate, Pieces pieces, Executor worker, ErrorHandler errorHandler) {
        this.name = name;
        this.gate = gate;
        this.errorHandler = errorHandler;
        this.supply = new Supply(this, pieces, new Backlog(name, pieces, Bio::device, worker, errorHandler));
        this.deferred =
                new Backlog(name, gate, bio -> new Admitted(this, (GateEntry) bio.device()), worker, errorHandler);
    }

    /** The live table, null where there is none. */
    Table table() {
        return table;
    }

    /** Sets the live table. The gate is closed and nothing is inside. */
    void table(Table table) {
        this.table = table;
    }

    /** Whether a bio that a target does not want now is deferred rather than failed. */
    void pushBack(boolean pushBack) {
        this.pushBack = pushBack;
    }

    @Override
    public long sectors() {
        Table live = table;
        return live == null ? 0 : live.sectors();
    }

    @Override
    public boolean readOnly() {
        Table live = table;
        return live != null && live.readOnly();
    }

    @Override
    public MessageQueue queue() {
        Table live = table;
        return live == null ? null : live.queue();
    }

    @Override
    public void addQueues(MessageQueues queues) {
        Table live = table;
        if (live != null) {
            live.addQueues(queues);
        }
    }

    @Override
    public BioPath path() {
        return this;
    }

    /** @param entry what {@code bio} is on its way to */
    void submit(Bio bio, GateEntry entry) {
        Table checked = table;
        Errno refusal = refusal(bio, checked);
        if (refusal != null) {
            bio.end(refusal);
            return;
        }
        while (!gate.enter()) {
            Errno impatience = impatience(bio);
            if (impatience != null) {
                bio.end(impatience);
                return;
            }
            bio.remap(entry, bio.sector());
            if (gate.defer(bio)) {
                return;
            }
        }
        admit(bio, entry, checked);
    }

    private static Errno refusal(Bio bio, Table table) {
        return table == null ? Errno.EIO : table.refusal(bio);
    }

    private static Errno impatience(Bio bio) {
        if (bio.has(RequestFlags.NOWAIT)) {
            return Errno.EAGAIN;
        }
        return bio.has(RequestFlags.RAHEAD) ? Errno.EIO : null;
    }

    /**
     * Takes a step with a bio for which a hold has been taken, and gives that back.
     *
     * @param checked the table by which it was found to be in order; null if it was not checked
     */
    private void admit(Bio bio, GateEntry entry, Table checked) {
        try {
            // Cannot change while we have a hold, but may have changed since the check.
            Table live = table;
            Errno refusal = live == checked && live != null ? null : refusal(bio, live);
            if (refusal != null) {
                bio.end(refusal);
            } else {
                entry.step(bio, live);
            }
        } finally {
            gate.leave();
        }
    }

    @Override
    public void step(Bio bio, Table live) {
        if (bio.has(RequestFlags.PREFLUSH)) {
            preflush(bio, live);
        } else {
            mapPiece(bio, live, null);
        }
    }

    private void preflush(Bio bio, Table live) {
        TableTarget[] targets = live.flushTargets();
        if (bio.has(RequestFlags.NOWAIT)) {
            bio.end(Errno.EAGAIN);
        } else if (bio.isEmptyFlush() && targets.length == 0) {
            bio.end(Errno.OK);
        } else if (bio.isEmptyFlush() && targets.length == 1 && live.flushCopies(0) == 1) {
            map(targets[0], bio, 0);
        } else {
            supply.preflush().start(bio, live);
        }
    }

    /**
     * Maps one piece of {@code bio}, and submits the rest.
     *
     * @param split whose remainder it is; null if it is not one
     */
    void mapPiece(Bio bio, Table live, Split split) {
        TableTarget target = live.find(bio.sector());
        Errno refusal = null;
        long length = 0;
        int copies = 1;
        try {
            if (target.target().accepts(bio.op())) {
                length = target.pieceLength(bio);
                copies = target.copies(bio);
            } else {
                refusal = Errno.EOPNOTSUPP;
            }
        } catch (RuntimeException | Error e) {
            errorHandler.onError(fault(target, bio, e));
            refusal = Errno.EIO;
        }
        if (refusal != null) {
            bio.end(refusal);
        } else if (length == bio.length() && copies == 1) {
            map(target, bio, 0);
        } else {
            Split owner = split == null ? supply.split().start(bio) : split;
            owner.map(target, length, copies);
        }
    }

    /**
     * Gives {@code bio} to a target. The caller has a hold.
     *
     * @param copy which of the copies the target wants it is
     */
    void map(TableTarget target, Bio bio, int copy) {
        gate.hold();
        long ticket = bio.push(this);
        // Whether the target says where it goes is seen by this being overwritten.
        bio.remap(null, bio.sector());
        bio.copy(copy);
        try {
            switch (target.target().map(bio)) {
                case SUBMITTED -> {}
                case REMAPPED -> submitRemapped(bio);
                case REQUEUE -> requeue(bio);
                case KILL -> bio.end(Errno.EIO);
            }
        } catch (RuntimeException | Error e) {
            mapFailed(target, bio, ticket, e);
        }
    }

    private static void submitRemapped(Bio bio) {
        BlockDevice to = bio.device();
        if (to == null) {
            throw new IllegalStateException("REMAPPED, but not to a device");
        }
        Submission.submit(bio, to);
    }

    private void requeue(Bio bio) {
        if (!pushBack) {
            bio.end(Errno.EIO);
            return;
        }
        bio.pop(this);
        Bio again = bio.listener() instanceof GateEntry entry ? entry.withoutPiece(bio) : bio;
        again.remap(this, again.sector());
        gate.requeue(again);
        gate.leave();
        // The suspend may have been given up, and what was deferred then mapped, since the look at pushBack.
        drainDeferred();
    }

    private void mapFailed(TableTarget target, Bio bio, long ticket, Throwable thrown) {
        IllegalStateException fault = fault(target, bio, thrown);
        try {
            if (bio.isPending(ticket)) {
                bio.end(Errno.EIO);
            }
        } catch (RuntimeException | Error e) {
            fault.addSuppressed(e);
        } finally {
            errorHandler.onError(fault);
        }
    }

    private IllegalStateException fault(TableTarget target, Bio bio, Throwable thrown) {
        return new IllegalStateException(
                "device \"" + name + "\": target " + target.line().type() + " at sector "
                        + target.line().start() + " failed to map a bio, last seen as " + bio + ": " + thrown,
                thrown);
    }

    /** Something that was mapped has ended. */
    @Override
    public Errno onEnd(Bio bio, Errno status) {
        gate.leave();
        return status;
    }

    /** Has {@code bio}, which no thread can map here and now, mapped by a worker. */
    void submitLater(Bio bio) {
        bio.remap(this, bio.sector());
        gate.queue(bio);
        drainDeferred();
    }

    /** Has the deferred bios mapped, in order, by a worker, until there are none or the gate closes. Under no lock. */
    void drainDeferred() {
        deferred.drain();
    }

    /** Takes a deferred bio past the gate, in its turn of the worker's submission. */
    private record Admitted(BioPath path, GateEntry entry) implements BlockDevice {
        @Override
        public long sectors() {
            return entry.sectors();
        }

        @Override
        public boolean readOnly() {
            return entry.readOnly();
        }

        @Override
        public void accept(Bio bio) {
            path.admit(bio, entry, null);
        }
    }
}
