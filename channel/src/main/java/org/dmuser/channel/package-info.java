/**
 * The words a device mapper and a daemon share, and the ways a message travels between them.
 *
 * <p>From the outside in:
 *
 * <pre>
 *   MessageQueue     one per {@code user} target: numbers messages, keeps those nobody has taken yet
 *     Channel        one per attached daemon thread: what has been handed out and is not answered
 *       Slot         one message in flight: its number in the channel, its payload
 *         Message    40 bytes of header, dm-user's own: seq, type, flags, sector, len
 * </pre>
 *
 * <p>There are three kinds of channel: {@link org.dmuser.channel.MemoryChannel}, to a daemon in a process of its own;
 * {@link org.dmuser.channel.DirectChannel}, to a handler in this one; {@link org.dmuser.channel.StreamChannel}, of
 * bytes that are read and written, to a daemon in any language.
 *
 * <p>Three operations are hot: {@link org.dmuser.channel.MessageQueue#submit} hands a message to the channel with the
 * most room, {@link org.dmuser.channel.MessageHandler#onMessage} receives it in the daemon, and
 * {@link org.dmuser.channel.DeliveredMessage#answer} sends the result back.
 *
 * <p>The contract is dm-user's, whatever the channel is made of:
 *
 * <ul>
 *   <li>{@code seq} counts from 0 per target, and a channel delivers in that order;
 *   <li>answers come in any order, each on the channel that delivered the message;
 *   <li>an answer to something that was not delivered closes that channel (of a stream channel, its writing side), and
 *       touches no other;
 *   <li>closing a channel fails what its daemon had begun and gives the rest to the next channel;
 *   <li>a destroyed target ends every channel.
 * </ul>
 *
 * <p>On top of it, for targets that ask for it: {@link org.dmuser.channel.MessageQueue#expire} ends what is not
 * answered in time, and its late answer is dropped; {@link org.dmuser.channel.MessageQueue#giveUp} ends what waits for
 * a daemon that does not come; and what a dead daemon had begun is given to the next.
 *
 * <p>Fast, because of three things beside the rings: a submitter may borrow the slot its data will be in ({@link
 * org.dmuser.channel.Loan}); whoever has submitted may take the answers itself instead of having their thread woken
 * ({@link org.dmuser.channel.AnswerLooker}); and whoever waits looks for a while before it sleeps, as long as the last
 * waits suggest ({@link org.dmuser.channel.Patience}) and while there is a processor for it ({@link
 * org.dmuser.channel.Seats}).
 *
 * <p>Ownership: the submitter owns a {@link org.dmuser.channel.Message} until {@code submit}, and again once its
 * listener has been called. In between, whoever removes it from a queue or a slot is the only one who may end it. After
 * {@link org.dmuser.channel.Errno#ETIMEDOUT} the message is the submitter's again, but its memory is not: a handler
 * that hangs may have it, and must be left with it.
 *
 * <p>Who owns what of a queue: {@link org.dmuser.channel.MessageQueue} the numbers, the lock and what it guards; {@link
 * org.dmuser.channel.AttachedChannels} which channels there are, and the choice between them; {@link
 * org.dmuser.channel.Pump} the handing out of what had to wait.
 *
 * <p>And of a memory channel: {@link org.dmuser.channel.MemoryChannel} its life, from the queue's and the serving
 * thread's side; {@link org.dmuser.channel.SlotTable} which message is in which slot; {@link
 * org.dmuser.channel.SlotPool} the slots that can be had, {@link org.dmuser.channel.ChannelSpace} the memory behind
 * them; {@link org.dmuser.channel.RequestProxy} the request ring; {@link org.dmuser.channel.AnswerTaker} who reads the
 * response ring, and {@link org.dmuser.channel.ResponseAdapter} what is believed of it; {@link
 * org.dmuser.channel.OutstandingMessages} what is not answered.
 *
 * <p>And of a stream channel: {@link org.dmuser.channel.StreamReads} the reads that wait, and the message that is being
 * read; {@link org.dmuser.channel.StreamMessage} one message as bytes, and who uses its data; {@link
 * org.dmuser.channel.StreamReplies} the answer that is being written. {@link org.dmuser.channel.StreamRead} is a read,
 * begun by the daemon's side and completed by whoever submits the message it gets. Daemons fetch messages there, so a
 * channel without a reader has no room.
 *
 * <p>And what both sides need, of Linux and of threads, and Java has no words for: {@link
 * org.dmuser.channel.LinuxFile}, {@link org.dmuser.channel.OwnerOnly}, {@link org.dmuser.channel.Uninterruptible}.
 *
 * <p>Locks, outer to inner: that of a channel's memory ({@link org.dmuser.channel.ChannelSpace}), held while the system
 * gives memory or gets it back; the queue's, one for all its channels. Nothing is called back, no payload copied and no
 * system call made under the queue's, and there is none inside it.
 */
package org.dmuser.channel;
