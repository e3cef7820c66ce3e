/**
 * The target that logs what is written, and the log as others read it: the format is that of Linux' log-writes.
 *
 * <pre>
 *   LogWritesTarget    bio -&gt; device below, with a PendingEntry for each that changes something
 *     WriteLog           puts entries in order when their bios end, and into the log by a thread of its own
 *       LogDevice          one write to the log device at a time
 *       LogMemory          how much may wait, all targets taken together
 *
 *   LogEntry, LogSuperblock    the format
 *   LogFile                    reads it
 * </pre>
 *
 * <p>A bio goes to the device below as it is; what it writes is copied before that. When it has ended, its entry waits
 * for the next flush that is sent, and enters the log when that has ended: so the order of the log is one in which the
 * data may have reached the disk, not its cache. A write with FUA enters the log when it has ended.
 *
 * <p>One lock for each log, inside which nothing is waited for, submitted or ended.
 */
package org.dmuser.shim.target.log;
