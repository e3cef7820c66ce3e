/**
 * Runs a handler as a daemon: attaches to a device of a running service, serves it, and goes on trying when it goes
 * away.
 *
 * <pre>
 *   DaemonContext -> BlockDaemon -> ChannelRunner, one for each channel
 *                                     |  attach, serve, end, and again if asked to
 *                                   Link (a DaemonChannel)  --messages--&gt;  HandlerDispatcher, one for all
 * </pre>
 *
 * <p>Threads: each channel has one that serves, which is the one the handler is called on, and one that watches the
 * connection for the end of the service. None is ever interrupted, since the JDK closes files used by an interrupted
 * thread.
 *
 * <p>Locks: each {@code ChannelRunner} has one around which link it has and whether to stop; {@code BlockDaemon} has
 * one around how its channels ended. No handler is called, nor anything waited for, under either, and neither is
 * taken inside the other.
 */
package org.dmuser.sdk.daemon;
