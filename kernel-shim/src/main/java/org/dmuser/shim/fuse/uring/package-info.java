/**
 * FUSE over io_uring: requests come into entries that both sides have mapped, and answers go back in them, without a
 * system call for each of either.
 *
 * <pre>
 *   UringFuseTransport  checks that the kernel can (UringSupport), plans the rings (RingPlan), mounts
 *   UringSession        a mount: rings, and the session of {@link org.dmuser.shim.fuse.kernel} for what is not sent to
 *                       them: INIT, FORGET, INTERRUPT, and the end
 *     RingThread        drives a ring on the processor whose requests it brings; RingLooker, before it sleeps
 *     Deputy            drives it while a handler keeps that thread; Turn, whose it is
 *     Helpers           threads for requests that may take long
 *       Ring            completions, submissions, and the entries
 *         Queue         what the kernel has for a processor; PayloadMemory
 *           Entry       a {@link org.dmuser.shim.fuse.kernel.Carrier}: brings a request, takes its answer
 *         Answers       entries with their answers, from whatever thread to the one that drives
 * </pre>
 *
 * <p>Down: the driver takes the completion that says that an entry has a request, and has it served as the other
 * transport does, on this thread, or by a helper if it waits or handlers are slow. Up: whoever brings its end writes
 * the answer into the entry and adds it to the Answers; the driver submits it, which is the answer for the kernel and
 * gives it the entry for another request.
 *
 * <p>Only the driver touches the ring. A lock for submissions would let any thread submit; but the kernel puts the next
 * request into an entry on behalf of the thread that has submitted it, interrupting it, and takes back the entries of a
 * thread that ends: so those must be threads that stay, and should be the one on the right processor. A list without
 * a lock, and a wake-up if the driver sleeps, costs less besides.
 *
 * <p>The kernel sends nothing before each of its queues has an entry, and no request to a queue whose entries are all
 * under way. So there are as many entries as there may be requests, and memory for them that has no pages until it is
 * used; what was used is given back when nothing has come for some seconds.
 *
 * <p>End: when the file is unmounted or its connection aborted, the kernel gives back all entries with an error, at
 * once or when they are answered. A ring is done when it has none left; it is closed when its session is.
 */
package org.dmuser.shim.fuse.uring;
