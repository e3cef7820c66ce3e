/**
 * FUSE without a library: requests are read from {@code /dev/fuse} and answered there.
 *
 * <pre>
 *   KernelConnection  mounts, agrees on INIT, has the descriptors
 *     KernelMount     mount(2), or fusermount3, which sends a descriptor back
 *     Handshake       INIT and its answer
 *   FuseDevice        readv and writev, from then on
 *
 *   KernelSession     a mount, until the last of what follows has gone
 *     Readers         who of the readers sleeps, serves or rests; Relief, when all hang
 *       Reader        a thread: receives a request, has it done, receives the next
 *     Lookers         who of the readers looks for requests without sleeping, and for how long
 *       Looker        looks, for one reader
 *     Requests        those there are
 *       FuseRequest   a Carrier: reads a request and writes its answer; RequestMemory, where it and its data are
 *         Call        what the kernel asks, from there to the one answer, whatever carries it
 *         Operations  what it means to the device
 *   DataPool          memory for data, of all sessions
 * </pre>
 *
 * <p>Down: Reader receives a FuseRequest, Operations starts the {@link org.dmuser.shim.file.FileRequest} of its Call
 * on the file, the reader goes on. Up: the end of that comes to the Call, on whatever thread, which has the FuseRequest
 * send the reply and, if the reader is done with it as well, put itself back.
 *
 * <p>Locks: the one of Readers guards its lists; nothing but the start of a thread is called under it. That of DataPool
 * has nothing inside it.
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
 * <p>Connection, session, Call and Operations also serve the transport over io_uring, whose requests another Carrier
 * brings.
 *
 * <p>When the file is unmounted, every reader gets ENODEV; the last one closes the connection.
 */
package org.dmuser.shim.fuse.kernel;
