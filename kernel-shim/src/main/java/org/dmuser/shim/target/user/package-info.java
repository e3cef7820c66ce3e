/**
 * The target whose sectors come from a daemon.
 *
 * <p>A bio becomes a message of the target's {@link org.dmuser.channel.MessageQueue}; its answer ends the bio, on the
 * thread that brings the answer. Who may attach is found by control name in
 * {@link org.dmuser.shim.target.user.UserTargets}, which a service has one of.
 */
package org.dmuser.shim.target.user;
