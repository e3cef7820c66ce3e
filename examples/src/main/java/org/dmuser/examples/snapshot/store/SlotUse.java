package org.dmuser.examples.snapshot.store;

import java.util.List;
import java.util.function.IntConsumer;

/**
 * Which maps have which slots. A slot belongs to one block for as long as it is in use, so whether a map has it is a
 * comparison at that block; and where two maps have the same page, nothing need be compared.
 */
final class SlotUse {
    private SlotUse() {}

    /** Notes all slots that any map has. */
    static void noteAll(Slots slots, LiveMap live, List<Snapshot> snapshots) {
        PageTable now = live.freeze();
        onlyIn(now, List.of(), slots::noteUsed);
        for (int i = 0; i < snapshots.size(); i++) {
            List<PageTable> others =
                    i == 0 ? List.of(now) : List.of(now, snapshots.get(i - 1).map());
            onlyIn(snapshots.get(i).map(), others, slots::noteUsed);
        }
    }

    /** Tells of the slots that {@code map} has and none of the others. */
    static void onlyIn(PageTable map, List<PageTable> others, IntConsumer consumer) {
        for (int index = 0; index < map.length(); index++) {
            Page page = map.page(index);
            if (page != null && !isShared(page, index, others)) {
                onlyIn(page, index, others, consumer);
            }
        }
    }

    private static boolean isShared(Page page, int index, List<PageTable> others) {
        for (PageTable other : others) {
            if (other.page(index) == page) {
                return true;
            }
        }
        return false;
    }

    private static void onlyIn(Page page, int index, List<PageTable> others, IntConsumer consumer) {
        for (int i = 0; i < Page.BLOCKS; i++) {
            int entry = page.get(i);
            if (BlockMap.isSlot(entry) && !isIn(entry, index, i, others)) {
                consumer.accept(BlockMap.slot(entry));
            }
        }
    }

    private static boolean isIn(int entry, int index, int inPage, List<PageTable> others) {
        for (PageTable other : others) {
            Page page = other.page(index);
            if (page != null && page.get(inPage) == entry) {
                return true;
            }
        }
        return false;
    }

    /** How many slots only {@code map} has. */
    static long countOnlyIn(PageTable map, List<PageTable> others) {
        long[] count = new long[1];
        onlyIn(map, others, slot -> count[0]++);
        return count[0];
    }

    /** How many pages the snapshots have, one that several have counted once. */
    static long pages(List<Snapshot> snapshots) {
        long count = 0;
        for (int i = 0; i < snapshots.size(); i++) {
            count += pagesNotBefore(snapshots, i);
        }
        return count;
    }

    private static long pagesNotBefore(List<Snapshot> snapshots, int of) {
        PageTable map = snapshots.get(of).map();
        List<PageTable> before =
                snapshots.subList(0, of).stream().map(Snapshot::map).toList();
        long count = 0;
        for (int index = 0; index < map.length(); index++) {
            Page page = map.page(index);
            count += page != null && !isShared(page, index, before) ? 1 : 0;
        }
        return count;
    }
}
