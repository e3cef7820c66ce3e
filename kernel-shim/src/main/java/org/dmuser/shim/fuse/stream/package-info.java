/**
 * The directory of stream channels, {@code <run dir>/dm-user}: a FUSE mount whose files are named like the targets
 * there are, and each open one is a channel with the bytes of {@code /dev/dm-user/NAME}.
 *
 * <pre>
 *   daemon             open, read, write, close
 *     kernel           /dev/fuse
 *       StreamSession    one thread: reads a request, does it, reads the next
 *         Exchange         the request, and the answer if it has one at once
 *         DirectoryCalls   names and attributes
 *         ChannelCalls     open files: {@link org.dmuser.channel.StreamChannel}
 *       ReadAnswer       a read, answered by that thread or by one that submits a message
 * </pre>
 *
 * <p>Natively only, whatever way devices go: libfuse 2 answers a read on the thread that it has brought it on, so each
 * daemon that waits would keep one; tells of a signal by a signal to that thread; and cannot say that a file is a
 * stream, so that a write would wait for a read of another thread. One connection for all channels, and none of a
 * device: what a daemon does there keeps no device from being served.
 *
 * <p>Threads: all but answers belongs to the one of the session, and nothing there waits. Locks: none; what is shared
 * is in the channels.
 */
package org.dmuser.shim.fuse.stream;
