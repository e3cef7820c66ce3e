package org.dmuser.examples.backup.tracking;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;

/**
 * Takes up a tracking file where the last daemon has left it.
 *
 * <pre>
 *   the last daemon        the file                                what holds
 *   ---------------------  --------------------------------------  ----------------------------------------------
 *   any                    another size or inode                   nothing: new tracking id
 *   closed the file        last written to when it was noted       everything
 *   closed the file        written to at another time              nothing: new tracking id
 *   died, same boot        no later than 2 s after the last note   everything: the memory is the page cache's
 *   died with the machine  no later than 10 s after the last note  everything, but that all blocks of marked regions
 *                                                                  count as written in the current era
 *   died                   later, or earlier on the same boot      nothing: new tracking id
 *
 *   the last daemon        the block device                        what holds
 *   ---------------------  --------------------------------------  ----------------------------------------------
 *   closed it, same boot   as much written as was noted            everything
 *   closed it, same boot   more, or nobody counts                  nothing: new tracking id
 *   closed it, boot ended  any: of what was written before the     nothing: new tracking id
 *                          end nothing is left to be seen
 *   died, same boot        any: its last writes are counted when   everything
 *                          the page cache gives them away
 *   died with the machine  nothing written since                   everything, but for the marked regions
 *   died with the machine  written to, or nobody counts            nothing: new tracking id
 * </pre>
 *
 * <p>With a new tracking id no earlier moment is known any more, and the next backup compares everything. The eras
 * count on, so nothing of the file has to be cleared. If the machine dies during the recovery, the marks are still
 * there, and the next recovery does the same.
 */
final class Recovery {
    private final TrackingMemory memory;
    private final TrackingHeader header;
    private final Optional<Origin> noted;

    private Recovery(TrackingMemory memory, TrackingHeader header) {
        this.memory = memory;
        this.header = header;
        this.noted = OriginNote.read(memory.bytes());
    }

    /**
     * Opens what is in memory.
     *
     * @param header as it is in the file
     * @param origin as it is now
     * @param bootId of this boot
     */
    static Opened open(TrackingMemory memory, TrackingHeader header, Origin origin, UUID bootId) throws IOException {
        return new Recovery(memory, header).open(origin, bootId);
    }

    /**
     * A tracking file at work.
     *
     * @param stale why nothing that was tracked holds any more; empty if it does
     */
    record Opened(Tracking tracking, String stale) {}

    private Opened open(Origin origin, UUID bootId) throws IOException {
        String stale = stale(origin, bootId);
        boolean holds = stale.isEmpty();
        if (holds && header.open() && !header.bootId().equals(bootId)) {
            countMarkedAsWritten();
        }
        TrackingHeader opened = new TrackingHeader(
                true,
                holds ? header.era() : header.era() + 1,
                header.size(),
                holds ? header.trackingId() : UUID.randomUUID(),
                bootId);
        // The header first: a note that fits an origin of which nothing is known yet would hide that.
        opened.writeTo(memory);
        OriginNote.write(memory, origin);
        memory.force(TrackingLayout.NOTE, 2 * SlotPair.SLOT_SIZE);
        return new Opened(new Tracking(memory, opened), stale);
    }

    private String stale(Origin origin, UUID bootId) {
        if (noted.isEmpty()) {
            return "the tracking file has lost its note of the origin";
        }
        Origin last = noted.get();
        if (!origin.isSameFile(last)) {
            return "the origin is another file than the one that was tracked";
        }
        return origin.lastWrite()
                .stale(last.lastWrite(), header.open(), header.bootId().equals(bootId));
    }

    private void countMarkedAsWritten() {
        ByteBuffer bytes = memory.bytes();
        TrackingLayout layout = new TrackingLayout(header.size());
        for (int block = 0; block < layout.blocks(); block++) {
            if (bytes.get(TrackingLayout.MARKS + block / TrackingLayout.REGION_BLOCKS) != 0) {
                bytes.putInt(layout.era(block), header.era());
            }
        }
    }
}
