package org.dmuser.shim.dm;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.dmuser.channel.Errno;

/**
 * Suspends, resumes and removes a device, one of these at a time.
 *
 * <p>The control lock is held while they wait for bios to end, so what ends a bio must not do any of these.
 */
final class LifeCycle {
    private final MappedDevice device;
    private final SuspendGate gate;
    private final BioPath path;
    private final TableSlots slots;
    private final OpenCount openCount;
    private final ReentrantLock control = new ReentrantLock();

    /** Written under {@code control}. */
    private volatile boolean suspended;

    LifeCycle(MappedDevice device, SuspendGate gate, BioPath path, TableSlots slots, OpenCount openCount) {
        this.device = device;
        this.gate = gate;
        this.path = path;
        this.slots = slots;
        this.openCount = openCount;
    }

    boolean isSuspended() {
        return suspended;
    }

    /** {@link MappedDevice#suspend}. */
    void suspend(boolean noFlush) throws DmException {
        lockControl();
        try {
            checkNotRetired();
            if (!suspended) {
                quiesce(noFlush);
            }
        } finally {
            unlockControl();
        }
    }

    /** {@link MappedDevice#resume}. */
    void resume(boolean noFlush) throws DmException {
        List<Table> unwanted = new ArrayList<>();
        lockControl();
        try {
            checkNotRetired();
            Table next = slots.takeInactive();
            if (next != null) {
                swap(next, noFlush, unwanted);
            }
            if (suspended) {
                start();
            }
        } finally {
            unlockControl();
            unwanted.forEach(TableSlots::close);
        }
    }

    /** @param unwanted gets what is to be closed */
    private void swap(Table next, boolean noFlush, List<Table> unwanted) throws DmException {
        if (!suspended) {
            try {
                quiesce(noFlush);
            } catch (DmException e) {
                if (!slots.putBack(next)) {
                    unwanted.add(next);
                }
                throw e;
            }
        }
        try {
            next.checkRanges();
        } catch (DmException e) {
            unwanted.add(next);
            throw e;
        }
        unwanted.add(slots.makeLive(next));
    }

    private void start() throws DmException {
        Table live = path.table();
        if (live == null) {
            throw new DmException(
                    Errno.EINVAL, "device \"" + device.name() + "\" has no table: load one before resuming it");
        }
        live.preresume();
        live.resume();
        suspended = false;
        gate.open();
    }

    private void quiesce(boolean noFlush) throws DmException {
        Table live = path.table();
        path.pushBack(noFlush);
        if (live != null) {
            live.presuspend();
        }
        gate.close();
        try {
            gate.awaitEmpty();
        } catch (InterruptedException e) {
            DmException interrupted = interrupted("suspending it, with " + gate.holds() + " holds left", e);
            path.pushBack(false);
            gate.open();
            if (live != null) {
                live.presuspendUndo();
            }
            throw interrupted;
        }
        path.pushBack(false);
        suspended = true;
        if (live != null) {
            live.postsuspend();
        }
    }

    /** {@link MappedDevice#remove}. */
    void remove() throws DmException {
        retire();
        List<Table> left = null;
        try {
            lockControl();
            try {
                if (!suspended) {
                    quiesce(false);
                }
                left = slots.abandon();
            } finally {
                unlockControl();
            }
        } finally {
            if (left == null) {
                openCount.unretire();
            }
        }
        left.forEach(TableSlots::close);
        gate.open();
        path.drainDeferred();
        device.raiseEvent();
    }

    private void retire() throws DmException {
        if (openCount.retire()) {
            return;
        }
        if (openCount.isRetired()) {
            throw device.gone();
        }
        throw new DmException(
                Errno.EBUSY,
                "device \"" + device.name() + "\" is in use, its open count is " + openCount.value()
                        + ": unmount it, close it, and remove the devices mapped to it first");
    }

    private void lockControl() throws DmException {
        try {
            control.lockInterruptibly();
        } catch (InterruptedException e) {
            throw interrupted("waiting for another suspend, resume or removal of it", e);
        }
    }

    /** The gate may have been opened under the lock; what it let in is seen to without. */
    private void unlockControl() {
        control.unlock();
        path.drainDeferred();
    }

    private DmException interrupted(String doing, InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new DmException(Errno.EINTR, "device \"" + device.name() + "\": interrupted while " + doing, cause);
    }

    private void checkNotRetired() throws DmException {
        if (openCount.isRetired()) {
            throw device.gone();
        }
    }
}
