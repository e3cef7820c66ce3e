package org.dmuser.examples.backup.repository;

import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** What objects of a repository are called. */
final class Names {
    static final String CONFIG = "config";
    static final String PACKS = "packs";
    static final String INDEX = "index";
    static final String POINTS = "points";
    static final String LOCKS = "locks";
    /** Packs with damage, which count no more: for people to look at, or to delete. */
    static final String DAMAGED = "damaged";
    /** Objects put only to see what time it is at the storage. */
    static final String PROBES = "probes";

    static final List<String> FOLDERS = List.of(PACKS, INDEX, POINTS, LOCKS, PROBES);

    private Names() {}

    static String pack(String name) {
        return PACKS.concat("/").concat(name);
    }

    static String damaged(String pack) {
        return DAMAGED.concat("/").concat(pack);
    }

    static String index(String name) {
        return INDEX.concat("/").concat(name);
    }

    static String point(String id) {
        return POINTS.concat("/").concat(id);
    }

    static String lock(String name) {
        return LOCKS.concat("/").concat(name);
    }

    static String probe(String name) {
        return PROBES.concat("/").concat(name);
    }

    /** 16 hexadecimal digits that no other object has; not a secret. */
    static String unique() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }
}
