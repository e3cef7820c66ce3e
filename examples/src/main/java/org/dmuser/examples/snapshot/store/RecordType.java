package org.dmuser.examples.snapshot.store;

/**
 * What a record of the metadata says. Applied one after another to a device that is all in its base, they give the
 * state of the store. Numbers are big-endian.
 *
 * <pre>
 *   PAGE      a page for the tables behind it: its number 4, then 1024 entries of 4
 *   TABLE     pages of the live map: first index 4 (0: of a new map, the old one is gone), then a page number 4 each,
 *             -1 for a page that is all in the base
 *   MAP       changes of the live map, in runs: block 4, count 4, entry 4; entries of slots count up within a run
 *   SNAPSHOT  the live map as it is gets a name: id 4, ms since 1970 8, name
 *   DELETE    the snapshot is gone: id 4
 *   ROLLBACK  the live map is what the snapshot is: id 4
 *   BASE      path of the base, for commands
 *   CLOSED    the store was closed, and no slot is in use that no map has
 * </pre>
 */
enum RecordType {
    /** There is no record of zeros: those are what room looks like that was never written to. */
    NONE,
    PAGE,
    TABLE,
    MAP,
    SNAPSHOT,
    DELETE,
    ROLLBACK,
    BASE,
    CLOSED;

    private static final RecordType[] VALUES = values();

    /** Null for a number that is none. */
    static RecordType of(int number) {
        return number > 0 && number < VALUES.length ? VALUES[number] : null;
    }
}
