package org.dmuser.examples.snapshot.store;

/** A map that does not change any more: that of a snapshot. Any number of threads. */
final class PageTable implements BlockMap {
    /** Null where all blocks are in the base. */
    private final Page[] pages;

    /** Of these pages, which become its own. */
    PageTable(Page[] pages) {
        this.pages = pages;
    }

    @Override
    public int entry(int block) {
        Page page = pages[block >>> Page.SHIFT];
        return page == null ? BASE : page.get(block & Page.BLOCKS - 1);
    }

    int length() {
        return pages.length;
    }

    /** Null where all blocks are in the base. */
    Page page(int index) {
        return pages[index];
    }

    int pageCount() {
        int count = 0;
        for (Page page : pages) {
            count += page == null ? 0 : 1;
        }
        return count;
    }
}
