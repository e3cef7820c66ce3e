package org.dmuser.channel;

/** Bits of a message's flags field: {@code DM_USER_REQ_MAP_FLAG_*}. */
public final class RequestFlags {
    public static final long FAILFAST_DEV = 0x1;
    public static final long FAILFAST_TRANSPORT = 0x2;
    public static final long FAILFAST_DRIVER = 0x4;
    public static final long SYNC = 0x8;
    public static final long META = 0x10;
    public static final long PRIO = 0x20;
    public static final long NOMERGE = 0x40;
    public static final long IDLE = 0x80;
    public static final long INTEGRITY = 0x100;

    /** The data must be durable before the write is answered. */
    public static final long FUA = 0x200;

    /** Everything written before must be durable before this is answered; alone, on an empty WRITE, it is a flush. */
    public static final long PREFLUSH = 0x400;

    public static final long RAHEAD = 0x800;
    public static final long BACKGROUND = 0x1000;
    public static final long NOWAIT = 0x2000;
    public static final long CGROUP_PUNT = 0x4000;

    /** WRITE_ZEROES must leave the range allocated. */
    public static final long NOUNMAP = 0x8000;

    public static final long HIPRI = 0x10000;
    public static final long DRV = 0x20000;
    public static final long SWAP = 0x40000;

    private RequestFlags() {}
}
