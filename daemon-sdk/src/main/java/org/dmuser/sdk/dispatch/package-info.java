/**
 * Between a channel's messages and a handler's calls: checks before, and exactly one answer after.
 *
 * <pre>
 *   DeliveredMessage -> HandlerDispatcher     known type? whole sectors? within the device? may be written?
 *                         |
 *                       SyncServer            calls a BlockHandler on this thread, one at a time if it says so
 *                       AsyncServer           submits a PendingRequest, which somebody ends later
 *                         |
 *                       Outcome  -> DeliveredMessage.answer, once; what went wrong -> Reports
 * </pre>
 *
 * <p>Threads: it has none. {@code onMessage} may run on many at a time; an asynchronous request ends on whichever the
 * handler likes. Locks: {@code SyncServer} and {@code AsyncServer} hold one of their own around calls of a handler that
 * takes one request at a time, and that is what it is for; answers are sent outside of it, also to what ends inside.
 * {@code Reports} and {@code InFlight} have one each, within which nothing else is locked.
 *
 * <p>Nothing is allocated for a request that succeeds, except the {@code PendingRequest}s of an asynchronous one.
 */
package org.dmuser.sdk.dispatch;
