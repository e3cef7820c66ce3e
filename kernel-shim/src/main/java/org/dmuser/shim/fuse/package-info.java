/**
 * A device as a file that every process can use: FUSE, mounted on a regular file, one connection per device.
 *
 * <pre>
 *   process          read, write, fsync, fallocate on the file, or a loop device on top of it
 *     kernel         /dev/fuse
 *       Session      a transport's connection and the threads that serve it
 *         DeviceNode what a call means to the device
 *           BlockFile
 * </pre>
 *
 * <p>{@link org.dmuser.shim.fuse.FuseTransport} is the seam; the packages below this one have a transport each. What is
 * here is what they share: what is checked before a mount ({@link org.dmuser.shim.fuse.MountPoints}), what the one file
 * of a mount answers ({@link org.dmuser.shim.fuse.DeviceNode}), and how a mount ends
 * ({@link org.dmuser.shim.fuse.MountedDevice}).
 *
 * <p>Life of a mount: check, mount, start the session, probe; then requests, until somebody unmounts the file and the
 * session ends. Nothing here is called to unmount but the system call, so it makes no difference who does it.
 *
 * <p>No thread of this JVM may touch memory mapped from a file that this JVM serves: a page fault would wait for a
 * safepoint that waits for it.
 */
package org.dmuser.shim.fuse;
