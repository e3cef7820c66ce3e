/**
 * What {@code dmuser backup} does: from a frozen device into a repository, and back.
 *
 * <pre>
 *   create    FrozenDevice --pieces of 4 MiB--> ImageWriter --chunks--> ChunkWriter, ImageTreeBuilder
 *   restore   ImageTree, ChunkReader --> Restore --runs of chunks--> RestoreTarget
 *   mount     ImageTree, ChunkReader --> PointBase --> the snapshot daemon, of which it is the base
 *   copy      ChunkReader of one repository --> Copy --> ChunkWriter of the other
 *   verify    RepositoryCheck, pack by pack and point by point; SetAside
 *   prune     Retention --> PrunePlan --> Prune --> Sweep
 * </pre>
 *
 * <p>Threads: whoever calls waits, and works as one of the {@link org.dmuser.examples.backup.work.Workers}, which all
 * do the same: take the next piece and deal with all of it. No data is handed from thread to thread, so memory is
 * bounded by their number, and there are no queues to tune. A restore writes past the page cache ({@code
 * UncachedWrites}), so its workers wait for the disk, and there are more of them than elsewhere. Rejected: a thread
 * that reads for the others; what it has read is no longer in the cache of the processor that compresses it, and on two
 * processors it is one too many.
 *
 * <p>Locks: a monitor for taking the next piece, with nothing under it but arithmetic; in {@code PointBase} one for
 * each kept chunk, under which that is fetched; in {@link org.dmuser.examples.backup.work.Backoff} one that is held for
 * as long as all pause, for the device's users. Each {@link org.dmuser.examples.backup.work.Progress} counts what is
 * dealt with, never what is only under way; a {@link org.dmuser.examples.backup.work.Stop} is looked for between two
 * chunks.
 */
package org.dmuser.examples.backup.work;
