/**
 * The resident service: the mapped devices of one run directory, each with its file, and a socket for those who manage
 * devices or serve them.
 *
 * <pre>
 *   Service              made of a ServiceContext; owns everything below, from lock to last file
 *     ServiceLock        one service per run directory
 *     ChannelDirectory   where memory channels are, which must be memory
 *     StreamChannels     the directory of stream channels, mounted
 *     Devices            the devices by name, made and removed together with their mounts
 *     ControlServer      accepts on the socket; for each connection a thread
 *       Commands           words in, text out
 *       Attachment         a daemon: a channel, as long as its connection lasts
 * </pre>
 *
 * <p>Data flows past this package: from a mount to a device to a channel. What comes by the socket are words, in the
 * frames of {@link org.dmuser.channel.Frame}: a command and its answer, or a daemon's request and then nothing more.
 *
 * <p>Threads: one accepts; one for each connection, which reads until the other side goes away; beside it one that runs
 * the command, and is interrupted when nobody waits for it any more, or one that serves the channel. The thread that
 * made the service closes it.
 *
 * <p>Locks: {@code ServedDevice} has one around making and removing a device; under it the device mapper's own are
 * taken, never the other way round. {@code ControlServer} has one around its set of connections, under which nothing is
 * called.
 */
package org.dmuser.shim.service;
