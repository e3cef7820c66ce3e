/**
 * The target whose sectors come from a daemon.
 *
 * <p>A bio becomes a message of the target's {@link org.dmuser.channel.MessageQueue}; its answer ends the bio, on the
 * thread that brings the answer. Who may attach is found by control name in
 * {@link org.dmuser.shim.target.user.UserTargets}, which a service has one of.
 *
 * <pre>
 *   UserTargets      who may attach where
 *     UserTarget       bio -&gt; message, answer -&gt; end of the bio
 *       UserFeatures     what its table line says about daemons that are absent, dead or slow
 *       TimeoutReports   says which requests were not answered in time
 *     Timekeeper       the one thread that has the targets look at the time
 * </pre>
 */
package org.dmuser.shim.target.user;
