/**
 * A device as it was at one moment, while it is written to.
 *
 * <pre>
 *   daemon   Moments -&gt; Moment      copies what is about to be overwritten
 *                        |    KeptLog    to the log, whose end is in memory: Ring
 *                        |    Spill      gets that memory, and writes what leaves it to the file log, on a SideThread
 *                        |    copy       a sparse file, for what there is no memory for just then
 *                        |  MomentMap: copied, done, over (shared memory)
 *   reader   FrozenDevices -&gt; FrozenOrigin     reads the origin, and where a piece was copied, KeptPieces
 *                          -&gt; FrozenAtRest     no daemon: has the tracking file to itself
 *                          -&gt; FrozenImage      nobody tracks it
 * </pre>
 *
 * <p><b>The moment.</b> When a moment begins, writes wait at the gate until those under way are over; then there is a
 * moment, and they go on. So each write that has returned before is in it, and none that began after.
 *
 * <p><b>States of a piece</b> of 4 KiB while it is open, of which a write copies no more than it touches:
 *
 * <pre>
 *   copied  done   its old content is      a write to it            the reader
 *   ------  -----  ----------------------  -----------------------  -------------------------
 *   no      no     on the origin           copies it, sets copied   reads the origin, looks
 *   yes     no     in the log or the copy  writes                   reads those
 *   any     yes    not wanted any more     writes                   does not read it
 * </pre>
 *
 * <p>What is done is said for blocks of 64 KiB. Unwanted from the start is what has not changed since the moment it is
 * compared with.
 *
 * <p><b>Why the reader is right.</b> The daemon copies a piece, sets its bit, and only then writes to the origin. The
 * reader reads the origin, and only then looks at the bit. If it got any byte of a later write, that write had begun,
 * so the bit was set before, and the reader sees it and takes what was kept, which was complete before the bit. If it
 * sees no bit, nothing had been written when it read. No data goes through a socket, and neither waits for the other.
 *
 * <p><b>And in the ring</b>, whose memory is used again: a segment is in the file before the daemon says that it is not
 * in the ring any more, and only then does another take its place. The reader copies from the ring, and only then looks
 * whether it still was there; if not, it is in the file.
 *
 * <p><b>Whose the ring is.</b> Its daemon's, which has it locked. The lock ends with the process, however that does,
 * and memory that nobody has locked is given back by the next daemon, backup or {@code backup status}, whichever
 * device it is of. A reader of a daemon that was killed loses nothing by it, as it has the ring mapped. Rejected: a
 * file without a name, found by {@code /proc/PID/fd}, which would go by itself. A reader with fewer capabilities than
 * the daemon, or of another group, may not follow that path, though the file is its own.
 *
 * <p><b>What goes wrong</b>, and what comes of it:
 *
 * <ul>
 *   <li>No memory for the log, no room for its file, or an error on it: what is in the ring stays there, and the rest
 *       goes to the copy.
 *   <li>No room for the copy, or an error on it: the moment is declared over before the origin is written to. Like the
 *       bit, the reader looks after it has read, so it never believes what it should not. The device goes on.
 *   <li>The reader ends, or is killed: its connection ends, and with it the moment.
 *   <li>The daemon is killed: nobody writes to the origin any more, what the reader reads stays right, and it may
 *       finish. The next daemon declares the moment over before it writes anything.
 *   <li>It is killed before the reader has opened the moment's files, and the next one has begun another moment: the
 *       number that came with the answer is not that in the map, and the moment is over for the reader.
 *   <li>A read of what is to be copied fails: so does the moment. The write may mend the block, and is let through.
 * </ul>
 */
package org.dmuser.examples.backup.moment;
