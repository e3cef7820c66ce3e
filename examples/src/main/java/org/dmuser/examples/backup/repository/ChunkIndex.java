package org.dmuser.examples.backup.repository;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dmuser.examples.backup.repository.format.ChunkId;
import org.dmuser.examples.backup.repository.format.ImageLayout;
import org.dmuser.examples.backup.repository.format.PackDirectory;
import org.dmuser.examples.backup.repository.format.PackFile;

/**
 * Where each chunk is, in memory: about 52 bytes for each of them.
 *
 * <p>Entries are numbered from 0 in the order in which they came, and kept in pages that never move. Beside them a
 * table with open addressing and linear probing leads from an id to its entry; ids are hashes, so a part of one is hash
 * enough. A chunk that two packs hold has two entries, and the first of them is found.
 *
 * <p>Threads: any number; every method holds the monitor for as long as it takes to look.
 */
final class ChunkIndex {
    private static final int PAGE_BITS = 14;
    private static final int PAGE = 1 << PAGE_BITS;
    private static final int WORDS = 4;
    private static final int FREE = 0;
    /** Above the stored length, which is little more than {@link ImageLayout#CHUNK_MAX} at most. */
    private static final int KIND_SHIFT = 25;

    private final List<String> packs = new ArrayList<>();
    private final List<Long> packSizes = new ArrayList<>();
    /** The entry of each pack's first chunk; those of its others follow, in the order of its directory. */
    private final List<Integer> packEntries = new ArrayList<>();

    private final Map<String, Integer> packNumbers = new HashMap<>();
    /** Pages of entries: the id, and pack number, offset in the pack, stored length with the kind above it. */
    private final List<long[]> ids = new ArrayList<>();

    private final List<int[]> places = new ArrayList<>();
    private int count;
    /** Entry number + 1 of what hashes here, or to a slot before it. */
    private int[] slots = new int[1024];

    /** What is known of a chunk. */
    record Place(int entry, String pack, long offset, int storedLength, int kind) {}

    /** Makes room for that many entries at once. */
    synchronized void reserve(int entries) {
        int wanted = Integer.highestOneBit(Math.max(512, count + entries)) * 2;
        // At most three quarters full.
        if (wanted / 4 * 3 < count + entries) {
            wanted *= 2;
        }
        if (wanted > slots.length) {
            slots = new int[wanted];
            for (int entry = 0; entry < count; entry++) {
                insert(entry);
            }
        }
    }

    /** Adds a pack and its chunks, unless it is known already. */
    synchronized void add(String pack, PackDirectory directory, long size) {
        if (packNumbers.putIfAbsent(pack, packs.size()) != null) {
            return;
        }
        int packNumber = packs.size();
        packs.add(pack);
        packSizes.add(size);
        packEntries.add(count);
        reserve(directory.count());
        long offset = PackFile.HEADER;
        for (int done = 0; done < directory.count(); ) {
            int run = Math.min(directory.count() - done, PAGE - (count & PAGE - 1));
            offset = append(packNumber, offset, directory, done, run);
            done += run;
        }
    }

    /** Adds chunks that all go into one page. Returns where the last of them ends. */
    private long append(int packNumber, long offset, PackDirectory directory, int from, int run) {
        if (count >>> PAGE_BITS == ids.size()) {
            ids.add(new long[PAGE * WORDS]);
            places.add(new int[PAGE * 3]);
        }
        int at = count & PAGE - 1;
        System.arraycopy(directory.ids(), from * WORDS, ids.get(count >>> PAGE_BITS), at * WORDS, run * WORDS);
        int[] place = places.get(count >>> PAGE_BITS);
        for (int i = 0; i < run; i++) {
            int stored = directory.storedLength(from + i);
            place[3 * (at + i)] = packNumber;
            place[3 * (at + i) + 1] = (int) offset;
            place[3 * (at + i) + 2] = stored | directory.kind(from + i) << KIND_SHIFT;
            offset += stored;
            insert(count++);
        }
        return offset;
    }

    private void insert(int entry) {
        int mask = slots.length - 1;
        long[] page = ids.get(entry >>> PAGE_BITS);
        int slot = (int) page[(entry & PAGE - 1) * WORDS] & mask;
        while (slots[slot] != FREE) {
            slot = slot + 1 & mask;
        }
        slots[slot] = entry + 1;
    }

    /** The entry of a chunk; -1 if no pack holds it. */
    synchronized int find(ChunkId id) {
        int mask = slots.length - 1;
        for (int slot = (int) id.word0() & mask; slots[slot] != FREE; slot = slot + 1 & mask) {
            if (matches(slots[slot] - 1, id)) {
                return slots[slot] - 1;
            }
        }
        return -1;
    }

    private boolean matches(int entry, ChunkId id) {
        long[] page = ids.get(entry >>> PAGE_BITS);
        int word = (entry & PAGE - 1) * WORDS;
        return page[word] == id.word0()
                && page[word + 1] == id.word1()
                && page[word + 2] == id.word2()
                && page[word + 3] == id.word3();
    }

    /** Where a chunk is; null if no pack holds it. */
    synchronized Place place(ChunkId id) {
        int entry = find(id);
        if (entry < 0) {
            return null;
        }
        int[] page = places.get(entry >>> PAGE_BITS);
        int at = 3 * (entry & PAGE - 1);
        long offset = Integer.toUnsignedLong(page[at + 1]);
        return new Place(
                entry, packs.get(page[at]), offset, page[at + 2] & (1 << KIND_SHIFT) - 1, page[at + 2] >>> KIND_SHIFT);
    }

    /** The entry of a pack's first chunk. */
    synchronized int firstEntry(String pack) {
        return packEntries.get(packNumbers.get(pack));
    }

    /** Bytes that chunks of some entries take up, for each pack by its name. */
    synchronized Map<String, Long> storedBytes(BitSet entries) {
        long[] bytes = new long[packs.size()];
        for (int entry = entries.nextSetBit(0); entry >= 0; entry = entries.nextSetBit(entry + 1)) {
            int[] page = places.get(entry >>> PAGE_BITS);
            int at = 3 * (entry & PAGE - 1);
            bytes[page[at]] += page[at + 2] & (1 << KIND_SHIFT) - 1;
        }
        Map<String, Long> byPack = new LinkedHashMap<>();
        for (int i = 0; i < bytes.length; i++) {
            byPack.put(packs.get(i), bytes[i]);
        }
        return byPack;
    }

    synchronized int count() {
        return count;
    }

    synchronized boolean knows(String pack) {
        return packNumbers.containsKey(pack);
    }

    /** Bytes of each pack, by its name. */
    synchronized Map<String, Long> packSizes() {
        Map<String, Long> sizes = new HashMap<>();
        for (int i = 0; i < packs.size(); i++) {
            sizes.put(packs.get(i), packSizes.get(i));
        }
        return sizes;
    }

    synchronized void clear() {
        packs.clear();
        packSizes.clear();
        packEntries.clear();
        packNumbers.clear();
        ids.clear();
        places.clear();
        count = 0;
        Arrays.fill(slots, FREE);
    }
}
