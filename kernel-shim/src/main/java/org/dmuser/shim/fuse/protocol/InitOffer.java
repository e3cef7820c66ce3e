package org.dmuser.shim.fuse.protocol;

/**
 * What the kernel offers in INIT.
 *
 * @param major of the newest protocol it speaks
 * @param minor of that
 * @param maxReadahead bytes
 * @param flags {@link InitFlags}
 */
public record InitOffer(int major, int minor, int maxReadahead, long flags) {
    /** Leaves out what means nothing. */
    public InitOffer {
        if ((flags & InitFlags.INIT_EXT) == 0) {
            flags &= ~InitFlags.UPPER_HALF;
        }
    }

    /** Reads the body of an INIT of {@code length} bytes. */
    public static InitOffer read(long address, int length) {
        long upper = length > InitIn.LENGTH_WITHOUT_FLAGS2 ? InitIn.flags2(address) : 0;
        return new InitOffer(
                InitIn.major(address),
                InitIn.minor(address),
                InitIn.maxReadahead(address),
                InitIn.flags(address) | upper);
    }

    /** What an older kernel would offer, one that does not know the flags given. */
    public InitOffer without(long hidden) {
        return new InitOffer(major, minor, maxReadahead, flags & ~hidden);
    }
}
