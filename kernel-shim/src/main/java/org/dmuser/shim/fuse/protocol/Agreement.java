package org.dmuser.shim.fuse.protocol;

/**
 * What kernel and server do from INIT on.
 *
 * @param minor of the protocol, whose major number is 7
 * @param maxReadahead bytes
 * @param flags {@link InitFlags}
 * @param maxWrite bytes of data in one request, written or read
 * @param maxPages the same in pages; 0 where the kernel cannot be told
 * @param requestTimeoutS seconds until the kernel gives the connection up; 0: never
 */
public record Agreement(int minor, int maxReadahead, long flags, int maxWrite, int maxPages, int requestTimeoutS) {
    /** Whether all of {@code wanted} was agreed. */
    public boolean has(long wanted) {
        return (flags & wanted) == wanted;
    }
}
