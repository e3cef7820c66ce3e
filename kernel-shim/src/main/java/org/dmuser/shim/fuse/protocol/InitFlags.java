package org.dmuser.shim.fuse.protocol;

/** What a kernel offers and a server takes in INIT; flags and flags2 in one number. */
public final class InitFlags {
    /** Several reads of a file at a time. */
    public static final long ASYNC_READ = 1L;

    /** Writes of more than a page. */
    public static final long BIG_WRITES = 1L << 5;

    /** Asynchronous direct I/O stays so; without it, a loop device has one request under way. */
    public static final long ASYNC_DIO = 1L << 15;

    /** Calls on a directory need not wait for each other. */
    public static final long PARALLEL_DIROPS = 1L << 18;

    /** The answer says how long a request may be, in pages; otherwise it is 32. */
    public static final long MAX_PAGES = 1L << 22;

    /** There is an upper half. */
    public static final long INIT_EXT = 1L << 30;

    /** A file with {@link OpenOut#DIRECT_IO} can be mapped, shared. */
    public static final long DIRECT_IO_ALLOW_MMAP = 1L << 36;

    /** Requests come by way of io_uring as soon as every processor has an entry there; until then they wait. */
    public static final long OVER_IO_URING = 1L << 41;

    /** The kernel aborts the connection when a request takes longer than the answer says. */
    public static final long REQUEST_TIMEOUT = 1L << 42;

    /** Those that exist only with {@link #INIT_EXT}. */
    static final long UPPER_HALF = -1L << Integer.SIZE;

    private InitFlags() {}
}
