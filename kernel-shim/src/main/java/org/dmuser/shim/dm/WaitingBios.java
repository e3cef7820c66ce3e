package org.dmuser.shim.dm;

import org.dmuser.shim.bio.Bio;
import org.dmuser.shim.bio.BioList;

/** Bios that wait until they may go on; a {@link Backlog} sees to it that they do. Any thread. */
interface WaitingBios {
    /** Whether the caller is to call {@link #next} until it returns null, or have somebody do so. */
    boolean startDrain();

    /** The first that may go on; null if there is none now, and then the drain is over. */
    Bio next();

    /** Takes back a {@link #startDrain} that nobody can follow; all that wait are the caller's to end. */
    BioList giveUp();
}
