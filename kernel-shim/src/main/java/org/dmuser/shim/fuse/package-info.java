/**
 * A device as a file that every process can use: FUSE, mounted on a regular file, one connection per device.
 *
 * <pre>
 *   process          read, write, fsync, fallocate on the file, or a loop device on top of it
 *     kernel         /dev/fuse
 *       Session      a transport's connection, served by SessionThreads
 *         DeviceNode what a call means to the device
 *           BlockFile
 * </pre>
 *
 * <p>{@link org.dmuser.shim.fuse.FuseTransport} is the seam; {@link org.dmuser.shim.fuse.JnrFuseTransport} reaches the
 * kernel through libfuse 2.9 and jnr-fuse's callbacks, on threads of ours, each of which runs libfuse's plain loop:
 * what they share in libfuse is under libfuse's lock. A request is served to its end on the thread that received it.
 *
 * <p>Life of a mount: check, mount, start threads, probe; then requests, until somebody unmounts the file: every thread
 * leaves its loop, and the last one joins the others, closes the connection and frees the session. Nothing here is
 * called to unmount but the system call, so it makes no difference who does it.
 *
 * <p>Rejected: {@code fuse_main}, which installs signal handlers and makes threads that have to be attached to the JVM
 * at each of their first thousand calls; jnr-fuse's {@code mount}, which waits two seconds and takes that for success.
 *
 * <p>Locks: the list of threads in SessionThreads, under which nothing is called but the start of a thread. No thread
 * of this JVM may touch memory mapped from a file that this JVM serves: a page fault would wait for a safepoint that
 * waits for it.
 */
package org.dmuser.shim.fuse;
