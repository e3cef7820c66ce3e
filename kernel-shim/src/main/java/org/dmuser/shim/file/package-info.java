/**
 * A block device used as a file, in bytes, whatever carries the file to its users.
 *
 * <pre>
 *   front end         offset, length, memory            any number of threads
 *     BlockFile       range check, aligned or not
 *       RangeLock     only for what modifies
 *       IoContext     one per thread: a bio, the wait for its end, memory for edges
 *         Bio         to the device
 *       FileRequest   the same for whole sectors without a wait: its end comes to a listener
 * </pre>
 *
 * <p>What is aligned to sectors goes down as one bio with the caller's own memory: nothing is copied, nothing
 * allocated. A write with an unaligned edge reads the sectors at its edges, fills in the new bytes and writes the
 * whole. If the device is given another table in between, what is written around the new bytes is what the old table
 * had there.
 *
 * <p>Results are numbers, not exceptions: the count of bytes or a negated {@link org.dmuser.channel.Errno}, or the
 * Errno itself.
 *
 * <p>Locks: {@link org.dmuser.shim.file.RangeLock} is the only one, and it is held while a bio is under way; so
 * nothing that serves a bio may come back to the same file. Its stripes are taken from the lowest to the highest.
 */
package org.dmuser.shim.file;
