package org.dmuser.shim.dm;

/** What a target did with a bio it was asked to map: the kernel's {@code DM_MAPIO_*}. */
public enum MapResult {
    /** The target has it and will end it. It may have ended already. */
    SUBMITTED,

    /** The target said where it goes, by {@link org.dmuser.shim.bio.Bio#remap}; the core submits it there. */
    REMAPPED,

    /** Not now: goes back to the head of the deferred bios while a no-flush suspend is under way, otherwise EIO. */
    REQUEUE,

    /** The core ends it with EIO. */
    KILL
}
