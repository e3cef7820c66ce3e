package org.dmuser.shim.bio;

import org.dmuser.channel.Errno;

/** Whoever wants to know that a bio has ended: its submitter, and each device it passed through. */
@FunctionalInterface
public interface EndListener {
    /**
     * Called once, from any thread, with the bio at the sector where the listener was pushed.
     *
     * @return the status for those above, usually {@code status}; null to keep the bio, which the listener will end
     *     again. What the submitter's own listener returns means nothing: the bio may be in use again by then
     */
    Errno onEnd(Bio bio, Errno status);
}
