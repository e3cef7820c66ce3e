/**
 * The few system calls Java has no words for, and the mount table.
 *
 * <p>{@link org.dmuser.shim.os.LibC} is the binding, {@link org.dmuser.shim.os.Mounts} what the rest of the shim uses:
 * paths and {@link org.dmuser.channel.Errno} in and out, no state, no locks, any thread.
 */
package org.dmuser.shim.os;
