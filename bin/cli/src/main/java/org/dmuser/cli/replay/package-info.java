/**
 * {@code dmuser replay-log}: reads what the target {@code log-writes} has logged, ours or the kernel's.
 *
 * <pre>
 *   ReplayLogCommand     options, and what is printed
 *     RangeOptions         which entries are meant; found by one walk through the log
 *     LogStatistics        what is in them
 *     Replay               does them again, in a second walk
 *       ReplayTarget         on this file or device; NamedFile, what kind of thing that is
 *       Check                and runs a command between two of them
 * </pre>
 *
 * <p>The first walk reads the head of every entry, so a log that is damaged, or does not fit, is refused before
 * anything is written. One thread.
 */
package org.dmuser.cli.replay;
