package org.dmuser.shim.fuse.protocol;

import org.dmuser.channel.Errno;
import org.dmuser.shim.fuse.MountException;

/**
 * What to answer to INIT: a pure function of what is offered.
 *
 * <p>Not taken, though offered: ATOMIC_O_TRUNC, because the kernel would set the size of an opened device to 0 by
 * itself; HANDLE_KILLPRIV, because it concerns files with set-user-ID bits, and only cached writes; WRITEBACK_CACHE,
 * because a write that has returned must have reached the device; NO_OPEN_SUPPORT, because opens are counted.
 */
public final class Negotiation {
    /** The protocol spoken here. */
    static final int MAJOR = 7;

    static final int MINOR = 45;

    /** Since which all structures have the size they have here: Linux 3.15. */
    static final int MINOR_MIN = 23;

    /** Bytes of data that are useful in one request. */
    public static final int TRANSFER_SIZE_MAX = 1024 * 1024;

    /** What a kernel allows that cannot be told how many. */
    private static final int MAX_PAGES_DEFAULT = 32;

    private static final int REQUEST_TIMEOUT_S_MAX = 0xffff;

    private static final long WANTED = InitFlags.ASYNC_READ
            | InitFlags.BIG_WRITES
            | InitFlags.ASYNC_DIO
            | InitFlags.PARALLEL_DIROPS
            | InitFlags.MAX_PAGES
            | InitFlags.INIT_EXT
            | InitFlags.DIRECT_IO_ALLOW_MMAP
            | InitFlags.OVER_IO_URING;

    private Negotiation() {}

    /** Whether the kernel speaks a newer protocol: told which one is spoken here, it asks again. */
    public static boolean isNewer(InitOffer offer) {
        return offer.major() > MAJOR;
    }

    /**
     * What to answer to an offer that is not {@linkplain #isNewer newer}.
     *
     * @param pageSize the kernel's, in bytes
     * @param requestTimeoutS seconds until the kernel, if it can, gives the connection up; 0: never
     * @throws MountException if the kernel is too old
     */
    public static Agreement agree(InitOffer offer, int pageSize, int requestTimeoutS) throws MountException {
        if (requestTimeoutS < 0 || requestTimeoutS > REQUEST_TIMEOUT_S_MAX) {
            throw new IllegalArgumentException("no request timeout: " + requestTimeoutS + " s");
        }
        if (offer.major() < MAJOR || offer.minor() < MINOR_MIN) {
            throw new MountException(
                    Errno.EOPNOTSUPP,
                    "the kernel speaks FUSE " + offer.major() + "." + offer.minor() + ", and this transport needs "
                            + MAJOR + "." + MINOR_MIN + " or newer: take Linux 3.15 or newer, or the transport jnr");
        }
        long flags = offer.flags() & (requestTimeoutS == 0 ? WANTED : WANTED | InitFlags.REQUEST_TIMEOUT);
        boolean canSayPages = (flags & InitFlags.MAX_PAGES) != 0;
        int pages = canSayPages ? Math.max(1, TRANSFER_SIZE_MAX / pageSize) : MAX_PAGES_DEFAULT;
        return new Agreement(
                Math.min(offer.minor(), MINOR),
                offer.maxReadahead(),
                flags,
                Math.min(TRANSFER_SIZE_MAX, pages * pageSize),
                canSayPages ? pages : 0,
                (flags & InitFlags.REQUEST_TIMEOUT) != 0 ? requestTimeoutS : 0);
    }
}
