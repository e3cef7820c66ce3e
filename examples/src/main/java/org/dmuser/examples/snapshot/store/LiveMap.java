package org.dmuser.examples.snapshot.store;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The map of the device as it is now, and which of its blocks have changed since that was last asked.
 *
 * <p>{@link #entry} may be called by any thread at any time. Changes are made under the map's monitor, which has no
 * other inside. Whoever freezes it keeps all others from changing it.
 */
final class LiveMap implements BlockMap {
    /** Told of blocks that have changed, in runs. */
    interface Changes {
        /**
         * {@code count} blocks from {@code block} on have the entries from {@code entry} on,
         * or all the same if that is no slot.
         */
        void run(int block, int count, int entry);
    }

    private static final int WORD_BITS = Long.SIZE;

    private final AtomicReferenceArray<Page> pages;

    /** A bit for each block that has changed; null for a page without. */
    private final long[][] changed;

    private long generation = 1;
    private int pageCount;
    private volatile boolean anyChanged;

    LiveMap(int blocks) {
        int length = (blocks + Page.BLOCKS - 1) >>> Page.SHIFT;
        pages = new AtomicReferenceArray<>(length);
        changed = new long[length][];
    }

    @Override
    public int entry(int block) {
        Page page = pages.getAcquire(block >>> Page.SHIFT);
        return page == null ? BASE : page.get(block & Page.BLOCKS - 1);
    }

    /** How many pages it has room for. */
    int tableLength() {
        return pages.length();
    }

    boolean hasPage(int block) {
        return pages.getAcquire(block >>> Page.SHIFT) != null;
    }

    /** How many pages it has. */
    synchronized int pageCount() {
        return pageCount;
    }

    /** Gives {@code count} blocks of one page their entries: from {@code entry} on if that is a slot, else the same. */
    synchronized void set(int block, int count, int entry) {
        int index = block >>> Page.SHIFT;
        Page page = writable(index);
        long[] bits = changed[index];
        if (bits == null) {
            bits = new long[Page.BLOCKS / WORD_BITS];
            changed[index] = bits;
        }
        for (int i = 0; i < count; i++) {
            int inPage = (block + i) & Page.BLOCKS - 1;
            page.set(inPage, BlockMap.isSlot(entry) ? entry + i : entry);
            bits[inPage / WORD_BITS] |= 1L << inPage;
        }
        anyChanged = true;
    }

    private Page writable(int index) {
        Page page = pages.getPlain(index);
        if (page == null) {
            pageCount++;
        }
        Page writable = page == null ? new Page(generation) : page.of(generation);
        if (writable != page) {
            pages.setRelease(index, writable);
        }
        return writable;
    }

    /** Whether {@link #drain} would tell of anything. */
    boolean anyChanged() {
        return anyChanged;
    }

    /** Tells what has changed, and forgets that it has. */
    synchronized void drain(Changes changes) {
        if (!anyChanged) {
            return;
        }
        for (int index = 0; index < changed.length; index++) {
            if (changed[index] != null) {
                drain(index, changed[index], changes);
                changed[index] = null;
            }
        }
        anyChanged = false;
    }

    private void drain(int index, long[] bits, Changes changes) {
        Page page = pages.getPlain(index);
        int at = next(bits, 0);
        while (at < Page.BLOCKS) {
            int first = page.get(at);
            int count = 1;
            while (at + count < Page.BLOCKS
                    && isSet(bits, at + count)
                    && page.get(at + count) == (BlockMap.isSlot(first) ? first + count : first)) {
                count++;
            }
            changes.run((index << Page.SHIFT) + at, count, first);
            at = next(bits, at + count);
        }
    }

    private static boolean isSet(long[] bits, int at) {
        return (bits[at / WORD_BITS] & 1L << at) != 0;
    }

    private static int next(long[] bits, int from) {
        int at = from;
        while (at < Page.BLOCKS && !isSet(bits, at)) {
            at++;
        }
        return at;
    }

    /** What it is now, for good: later changes are made to copies. */
    synchronized PageTable freeze() {
        Page[] frozen = new Page[pages.length()];
        for (int i = 0; i < frozen.length; i++) {
            frozen[i] = pages.getPlain(i);
        }
        generation++;
        return new PageTable(frozen);
    }

    /** Makes it what {@code table} is, and forgets what has changed. */
    synchronized void reset(PageTable table) {
        pageCount = table.pageCount();
        for (int i = 0; i < table.length(); i++) {
            pages.setRelease(i, table.page(i));
            changed[i] = null;
        }
        generation++;
        anyChanged = false;
    }
}
