package org.dmuser.examples.snapshot.store;

import java.io.IOException;
import java.util.List;
import org.dmuser.channel.Errno;
import org.dmuser.sdk.BlockException;
import org.dmuser.sdk.file.FileErrors;

/**
 * Sees to it that whatever the maps become fits into the metadata files, so that a store that is full can be written
 * down at any time. Any thread.
 */
final class Room {
    /** More than there are threads that add a page at the same time. */
    private static final int PAGES_AHEAD = 64;

    private final MetadataLog log;
    private final LiveMap live;

    /** {@link SlotUse#pages} of the snapshots. */
    private volatile long snapshotPages;

    private volatile int snapshotCount;

    Room(MetadataLog log, LiveMap live) {
        this.log = log;
        this.live = live;
    }

    /** What snapshots there are from now on. */
    void snapshots(List<Snapshot> snapshots) {
        snapshotPages = SlotUse.pages(snapshots);
        snapshotCount = snapshots.size();
    }

    /**
     * Before the first change of a page: no later change needs more.
     *
     * @throws BlockException of ENOSPC if there is no room
     */
    void requirePage(int block) throws IOException {
        if (!live.hasPage(block)) {
            try {
                reserve(PAGES_AHEAD);
            } catch (IOException e) {
                throw fullIfFull(e);
            }
        }
    }

    /** Makes room for all pages of all maps, as if the live one shared none of its own, and for some more. */
    void reserve(int more) throws IOException {
        log.reserve(live.pageCount() + more + snapshotPages, snapshotCount + 1L, live.tableLength());
    }

    /** As if there were these snapshots. */
    void reserveFor(List<Snapshot> kept) throws IOException {
        log.reserve(live.pageCount() + PAGES_AHEAD + SlotUse.pages(kept), kept.size() + 1L, live.tableLength());
    }

    /** The same, and what to do if the disk is full. */
    static IOException fullIfFull(IOException e) {
        return FileErrors.isFull(e) ? full("the disk it is on is full") : e;
    }

    static BlockException full(String why) {
        return new BlockException(
                Errno.ENOSPC,
                "the snapshot store is full: " + why
                        + "; delete snapshots ('dmuser snapshot delete'), discard what is not needed (fstrim), or make"
                        + " room; everything can still be read");
    }
}
