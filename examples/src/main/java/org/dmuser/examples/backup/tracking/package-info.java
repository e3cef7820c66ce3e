/**
 * What has changed on a device since when, durably.
 *
 * <pre>
 *   TrackingFile    open, locked; made if it is not there        TrackingLayout   its bytes
 *     Recovery      what holds of what the last daemon left      TrackingView     for those who only look
 *       LastWrite   what the origin tells: ChangeTime of a file, SectorCount of a block device
 *     Tracking      the era of each block
 *       RegionMarks where eras may be lost with the power
 *       WriteGate   which writes are under way
 *   Keeper          notes and sweeps, while a daemon runs
 * </pre>
 *
 * <p><b>The promise</b>: whatever differs from what it was at a moment is reported as changed since, after a clean end,
 * a {@code kill -9} and a loss of power. Reported though it is the same are, after a kill, blocks whose write was under
 * way; after a loss of power, all of each region of 16 MiB that was written to in the last half minute (or up to 7 such
 * regions ahead of one who writes from front to back); never everything. Where the promise cannot be kept, because
 * somebody else wrote to the origin, say, the file gets a new id, and no moment of the past is known any more.
 *
 * <p>Nobody else may write between a crash and the next opening: to a file for some seconds, to a block device at all.
 * Such writes cannot be told from the last ones of the daemon that died.
 *
 * <p>The argument is in {@link org.dmuser.examples.backup.tracking.Tracking}, the table of ends in {@code Recovery}.
 *
 * <p><b>What goes wrong</b>:
 *
 * <ul>
 *   <li>No room for the tracking file: it is not made, and the device is not served. Once made, it needs no more room.
 *   <li>The file is damaged or was cut off while no daemon had it: it is begun anew.
 *   <li>A mark cannot be made durable: the write fails with EIO, and nothing is written.
 *   <li>Two daemons: the second finds the tracking file or the origin locked, and says so.
 * </ul>
 */
package org.dmuser.examples.backup.tracking;
