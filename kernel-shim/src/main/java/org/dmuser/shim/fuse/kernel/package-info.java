/**
 * FUSE without a library: requests are read from {@code /dev/fuse} and answered there.
 *
 * <pre>
 *   KernelConnection  mounts, agrees on INIT, has the descriptors
 *     KernelMount     mount(2), or fusermount3, which sends a descriptor back
 *     Handshake       INIT and its answer
 *   FuseDevice        readv and writev, from then on
 * </pre>
 *
 * <p>The file does not answer before somebody reads from the connection. The two descriptors are two queues of requests
 * under way for one queue of requests waiting: either may be read, by any number of threads, and the answer goes to the
 * one that was read. One never sleeps, for readers that look for requests as long as some are to be expected; the other
 * does, for one that waits. The memory given to {@code readv} needs room for the header, the body of a WRITE and {@code
 * maxWrite()} bytes at least, the first two as a part of their own, so that a write's data begins where the second part
 * does.
 *
 * <pre>
 *   KernelConnection connection = KernelConnection.mount(path, options, node, ConnectionOptions.USUAL);
 *   IoVector.put(vector, 0, header, InHeader.LENGTH + WriteIn.LENGTH);
 *   IoVector.put(vector, 1, data, connection.maxWrite());
 *   long length = FuseDevice.readv(connection.polledFd(), vector, 2);
 *   ...
 *   FuseDevice.writev(connection.polledFd(), vector, 2);
 * </pre>
 *
 * <p>When the file is unmounted, every reader gets ENODEV; the last one closes the connection.
 */
package org.dmuser.shim.fuse.kernel;
