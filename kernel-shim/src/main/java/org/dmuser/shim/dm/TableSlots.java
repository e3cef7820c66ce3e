package org.dmuser.shim.dm;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The live and the inactive table of a device.
 *
 * <p>The lock is held to look into a table and to change a slot, not to make or close a table: one that has left its
 * slot is in nobody's hands but those of whoever took it out, and may be closed.
 */
final class TableSlots {
    private final BioPath path;
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private Table inactive;
    private boolean loadedOnce;
    private boolean abandoned;

    /** @param path where the live table is */
    TableSlots(BioPath path) {
        this.path = path;
    }

    /**
     * Puts {@code table} into the inactive slot and closes what was there; false if the slots are abandoned. The
     * ranges of the first table ever are checked here, those of the others when they become live, as in the kernel.
     *
     * @throws DmException if the table does not fit; it is closed then
     */
    boolean load(Table table) throws DmException {
        Table unwanted = table;
        lock.writeLock().lock();
        try {
            if (!loadedOnce) {
                table.checkRanges();
            }
            if (!abandoned) {
                loadedOnce = true;
                unwanted = inactive;
                inactive = table;
            }
            return !abandoned;
        } finally {
            lock.writeLock().unlock();
            close(unwanted);
        }
    }

    /** Empties the inactive slot; null if it was empty. */
    Table takeInactive() {
        lock.writeLock().lock();
        try {
            Table taken = inactive;
            inactive = null;
            return taken;
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Puts back what was taken, unless there is a newer one; false then, and the caller closes it. */
    boolean putBack(Table taken) {
        lock.writeLock().lock();
        try {
            boolean free = inactive == null && !abandoned;
            if (free) {
                inactive = taken;
            }
            return free;
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Replaces the live table, inside which nothing is; the caller closes the one returned, which may be null. */
    Table makeLive(Table next) {
        lock.writeLock().lock();
        try {
            Table replaced = path.table();
            path.table(next);
            return replaced;
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Empties both, for good. Nothing is inside the live table; the caller closes what there was. */
    List<Table> abandon() {
        lock.writeLock().lock();
        try {
            abandoned = true;
            return Stream.of(makeLive(null), takeInactive())
                    .filter(Objects::nonNull)
                    .toList();
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** What {@code question} has to say to the table in a slot, or {@code none} where the slot is empty. */
    <T> T ask(TableSlot slot, T none, Function<Table, T> question) {
        lock.readLock().lock();
        try {
            Table table = slot == TableSlot.LIVE ? path.table() : inactive;
            return table == null ? none : question.apply(table);
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Does something to the live table, at a time when nobody else does; {@code none} where there is none. */
    <T> T withLive(T none, Task<T> task) throws DmException {
        lock.writeLock().lock();
        try {
            Table table = path.table();
            return table == null ? none : task.run(table);
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** What is to be done to a table. */
    interface Task<T> {
        T run(Table table) throws DmException;
    }

    static void close(Table table) {
        if (table != null) {
            table.close();
        }
    }
}
