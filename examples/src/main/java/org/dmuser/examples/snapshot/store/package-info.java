/**
 * Blocks of a device over a base, and frozen states of it: what is written goes to slots of a data file, and a map says
 * which block is where.
 *
 * <pre>
 *   whole blocks, and parts of blocks
 *        |
 *   SnapshotStore --- LiveMap, Snapshot -&gt; PageTable -&gt; Page    which block is where, now and then
 *        |       \--- Slots                                     which slots are free, which are the device's own
 *        |       \--- Room                                      that all of it fits
 *        |       \--- Journal                                   what has changed, at once, to the file journal
 *        |       \--- Commits -&gt; MetadataLog -&gt; RecordBuffer    what has changed, to the files map.0 and map.1
 *   Reader                                                    StoreParts has all of these, for those who work on them
 *    |    \
 *   Base   StoreFile "data"                                     slots, each of one block, from offset 0 on
 *
 *   map.0, map.1 -&gt; RecordReader -&gt; StoreState &lt;- Journal       how all of it is found again
 * </pre>
 *
 * <p>On the disk: {@link org.dmuser.examples.snapshot.store.StoreHeader}, {@link
 * org.dmuser.examples.snapshot.store.RecordBuffer}, {@link org.dmuser.examples.snapshot.store.RecordType} and {@link
 * org.dmuser.examples.snapshot.store.JournalHalf} have the pictures. A store of a directory is a {@link
 * org.dmuser.examples.snapshot.store.StoreDirectory}, which has a lock besides; a snapshot read by itself, by any
 * process, is a {@link org.dmuser.examples.snapshot.store.SnapshotView}.
 *
 * <p>Memory: 4 bytes for each block of the 64 MiB pieces of the device (at 64 KiB a block) that were ever written to,
 * and again for those that were written to after a snapshot.
 *
 * <p>Threads and locks: those of {@link org.dmuser.examples.snapshot.store.SnapshotStore}.
 */
package org.dmuser.examples.snapshot.store;
