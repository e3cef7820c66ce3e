package org.dmuser.examples.snapshot.store;

import java.util.ArrayList;
import java.util.List;

/**
 * What there is to say about a store. Sizes are bytes.
 *
 * @param size of the device
 * @param blockSize of a block
 * @param basePath where the base was last; may be empty
 * @param dataBytes what the blocks in the store take
 * @param liveBytes of those, what the device has as it is now
 * @param snapshots in the order they were made
 */
public record StoreInfo(
        long size, int blockSize, String basePath, long dataBytes, long liveBytes, List<SnapshotInfo> snapshots) {

    static StoreInfo of(StoreHeader header, String basePath, int usedSlots, PageTable live, List<Snapshot> snapshots) {
        long blockSize = header.blockSize();
        List<SnapshotInfo> infos = new ArrayList<>();
        for (Snapshot snapshot : snapshots) {
            List<PageTable> others = new ArrayList<>(List.of(live));
            snapshots.stream().filter(other -> other != snapshot).forEach(other -> others.add(other.map()));
            long own = SlotUse.countOnlyIn(snapshot.map(), others);
            infos.add(new SnapshotInfo(snapshot.name(), snapshot.createdMs(), own * blockSize));
        }
        return new StoreInfo(
                header.deviceSize(),
                header.blockSize(),
                basePath,
                usedSlots * blockSize,
                SlotUse.countOnlyIn(live, List.of()) * blockSize,
                infos);
    }

    /** Of a store that somebody else may have open. */
    static StoreInfo of(StoreState state) {
        Slots slots = new Slots(BlockMap.SLOTS_MAX);
        SlotUse.noteAll(slots, state.live(), state.snapshots());
        return of(
                state.header(),
                state.basePath(),
                slots.usedCount(),
                state.live().freeze(),
                state.snapshots());
    }
}
