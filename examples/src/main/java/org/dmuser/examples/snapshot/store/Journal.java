package org.dmuser.examples.snapshot.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * The changes of the live map that are in no commit yet. They are in memory that a file is mapped to, so they are still
 * there when the process has been killed, as what was written to the data file is: nothing that was acknowledged is
 * lost. For a loss of power it is of no use, and does not count.
 *
 * <pre>
 *   commit 6              commit 7                   commit 8
 *      |  changes, half 0    |  changes, half 1         |  changes, half 0
 *      |                     |                          |
 *                            taken    written           taken    written
 *                              |--------|                 |--------|        both halves are needed
 * </pre>
 *
 * <p>Between the moment a commit takes the changes and the one when it is in the metadata, the changes in the one half
 * lead to it, and those in the other half follow it. So whoever opens the store applies both where the metadata has not
 * reached the later commit, and one half where it has. A commit that is there in part is part of what the first half
 * says, and changes nothing of what both lead to.
 *
 * <p>Threads: {@link #append} any number, from inside the store; the rest while nobody is there.
 */
final class Journal implements AutoCloseable {
    /** Name of its file. */
    static final String FILE = "journal";

    private final StoreFile file;
    private final UUID boot;
    private final JournalHalf[] halves;
    private volatile JournalHalf current;

    private Journal(StoreFile file, UUID boot, ByteBuffer bytes) {
        this.file = file;
        this.boot = boot;
        this.halves = new JournalHalf[] {
            new JournalHalf(bytes.slice(0, JournalHalf.LENGTH)),
            new JournalHalf(bytes.slice(JournalHalf.LENGTH, JournalHalf.LENGTH))
        };
        this.current = halves[0];
    }

    /**
     * In a file, which becomes as long as it has to be.
     *
     * @param boot the machine's start that this is
     */
    static Journal open(StoreFile file, UUID boot) throws IOException {
        return new Journal(file, boot, file.map(2 * JournalHalf.LENGTH));
    }

    /** Whether it was never begun. */
    boolean isNew() {
        return halves[0].isNew() && halves[1].isNew();
    }

    /** Tells what is behind a commit, or has led from it to a later one that did not come about. */
    void replay(long storeId, LogPosition reached, JournalHalf.Changes changes) {
        JournalHalf late = halves[0];
        JournalHalf early = halves[1];
        LogPosition lateFollows = late.follows(boot, storeId);
        LogPosition earlyFollows = early.follows(boot, storeId);
        if (lateFollows == null || earlyFollows != null && earlyFollows.compareTo(lateFollows) > 0) {
            late = halves[1];
            early = halves[0];
            LogPosition swap = lateFollows;
            lateFollows = earlyFollows;
            earlyFollows = swap;
        }
        if (lateFollows == null || lateFollows.compareTo(reached) < 0) {
            return;
        }
        if (lateFollows.equals(reached)) {
            late.replay(changes);
        } else if (earlyFollows != null && earlyFollows.compareTo(reached) <= 0) {
            early.replay(changes);
            late.replay(changes);
        }
    }

    /** What comes now follows that commit, which may still have to be written. */
    void begin(long storeId, LogPosition commit) {
        JournalHalf next = current == halves[0] ? halves[1] : halves[0];
        next.begin(boot, storeId, commit);
        current = next;
    }

    /** From now on it says nothing, as nobody knows what of the data is safe. Any thread. */
    void end() {
        halves[0].end();
        halves[1].end();
    }

    /**
     * Adds that {@code count} blocks have the entries from {@code entry} on, or all the same if that is no slot. Before
     * the map has them: what was written to a block where the map said it is must not be lost.
     *
     * @return false if there is no room before the next commit
     */
    boolean append(int block, int count, int entry) {
        return current.append(block, count, entry);
    }

    /** Adds that the device goes back to a snapshot; nothing more before the next commit. */
    void rollback(int snapshotId) {
        current.rollback(snapshotId);
    }

    /** Whether it is time for a commit. Any thread. */
    boolean isLow() {
        return current.isLow();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
