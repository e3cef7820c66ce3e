/**
 * FUSE by way of libfuse 2.9 and jnr-fuse's callbacks, on threads of ours.
 *
 * <pre>
 *   SessionThreads         starts, counts and joins
 *     SessionThread        each runs libfuse's plain loop; what they share in libfuse is under libfuse's lock
 *       JnrSession         the channel to the kernel
 *         DeviceOperations what libfuse calls, to the request's end on the thread that received it
 * </pre>
 *
 * <p>When somebody unmounts the file, every thread leaves its loop, and the last one joins the others, closes the
 * connection and frees the session.
 *
 * <p>Rejected: {@code fuse_main}, which installs signal handlers and makes threads that have to be attached to the JVM
 * at each of their first thousand calls; jnr-fuse's {@code mount}, which waits two seconds and takes that for success.
 *
 * <p>Locks: the list of threads in SessionThreads, under which nothing is called but the start of a thread.
 */
package org.dmuser.shim.fuse.jnr;
