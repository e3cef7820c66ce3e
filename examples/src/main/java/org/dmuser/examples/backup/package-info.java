/**
 * {@code backup}: a disk that can be backed up while it is used.
 *
 * <pre>
 *   the daemon                                                         the backup command, another process
 *   ----------                                                         ----------------------------------
 *   request -&gt; BackupHandler -+-&gt; tracking   what has changed since when
 *                             +-&gt; moment     keeps what it held  ---&gt;  moment.FrozenDevice
 *                             +-&gt; origin     FileHandler         ---&gt;      reads both
 *              Serving: locks, control socket, name
 * </pre>
 *
 * <p>{@link org.dmuser.examples.backup.tracking} and {@link org.dmuser.examples.backup.moment} argue why that is right.
 *
 * <p>Threads: requests on any number; the keeper of the tracking file; the control server's. Lock order: moments,
 * tracking, gate; a write takes none of them, but may wait for the gate, or for the copy of a block.
 */
package org.dmuser.examples.backup;
