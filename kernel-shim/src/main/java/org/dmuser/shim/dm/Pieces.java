package org.dmuser.shim.dm;

import org.dmuser.channel.RequestFlags;
import org.dmuser.shim.bio.Bio;

/** The bios that the pieces of a device's bios travel as: so many and no more. Any thread. */
interface Pieces extends WaitingBios {
    /**
     * Takes {@code count} bios for {@code claimant}. Where there are too few that waits, and will be submitted to the
     * device it is on; it is not the caller's any more then, unless it has {@link RequestFlags#NOWAIT}, with which it
     * does not wait.
     *
     * @return the bios, each the {@link Bio#next} of the one before it; null if there are too few
     */
    Bio take(int count, Bio claimant);

    /**
     * Takes back one that has ended.
     *
     * @return whether {@link #startDrain} has something to start
     */
    boolean giveBack(Bio bio);
}
