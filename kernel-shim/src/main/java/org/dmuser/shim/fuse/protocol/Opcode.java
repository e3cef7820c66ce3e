package org.dmuser.shim.fuse.protocol;

/** What a request asks for. A mount sees few of them; whatever is not known is answered with ENOSYS. */
public final class Opcode {
    /** Which file has that name in a directory. */
    public static final int LOOKUP = 1;

    /** The kernel forgets the file; not to be answered. */
    public static final int FORGET = 2;

    public static final int GETATTR = 3;
    public static final int SETATTR = 4;

    /** Those that change what is in a directory. */
    public static final int SYMLINK = 6;

    public static final int MKNOD = 8;
    public static final int MKDIR = 9;
    public static final int UNLINK = 10;
    public static final int RMDIR = 11;
    public static final int RENAME = 12;
    public static final int LINK = 13;
    public static final int OPEN = 14;
    public static final int READ = 15;
    public static final int WRITE = 16;
    public static final int STATFS = 17;
    public static final int RELEASE = 18;
    public static final int FSYNC = 20;

    /** A descriptor is closed: no flush of the disk. */
    public static final int FLUSH = 25;

    public static final int INIT = 26;
    public static final int OPENDIR = 27;
    public static final int READDIR = 28;
    public static final int RELEASEDIR = 29;

    /** Changes a directory, too, and opens what it has made. */
    public static final int CREATE = 35;

    /** Somebody would rather not wait for a request any longer; may be ignored. */
    public static final int INTERRUPT = 36;

    /** The last request, of some mounts only. */
    public static final int DESTROY = 38;

    public static final int IOCTL = 39;

    /** As {@link #FORGET}. */
    public static final int BATCH_FORGET = 42;

    public static final int FALLOCATE = 43;

    private static final String NONE = "-";

    /** All of 7.45, by number. */
    private static final String[] NAMES = ("- LOOKUP FORGET GETATTR SETATTR READLINK SYMLINK - MKNOD MKDIR"
                    + " UNLINK RMDIR RENAME LINK OPEN READ WRITE STATFS RELEASE -"
                    + " FSYNC SETXATTR GETXATTR LISTXATTR REMOVEXATTR FLUSH INIT OPENDIR READDIR RELEASEDIR"
                    + " FSYNCDIR GETLK SETLK SETLKW ACCESS CREATE INTERRUPT BMAP DESTROY IOCTL"
                    + " POLL NOTIFY_REPLY BATCH_FORGET FALLOCATE READDIRPLUS RENAME2 LSEEK COPY_FILE_RANGE"
                    + " SETUPMAPPING REMOVEMAPPING"
                    + " SYNCFS TMPFILE STATX COPY_FILE_RANGE_64")
            .split(" ");

    private Opcode() {}

    /** The name of any opcode, for a message. */
    public static String name(int opcode) {
        String name = opcode >= 0 && opcode < NAMES.length ? NAMES[opcode] : NONE;
        return name.equals(NONE) ? "opcode " + Integer.toUnsignedString(opcode) : name;
    }

    /** Bytes that a request has behind its header at least, as far as they are looked at. */
    public static int bodyLength(int opcode) {
        return switch (opcode) {
            case READ, READDIR -> ReadIn.LENGTH;
            case WRITE -> WriteIn.LENGTH;
            case FALLOCATE -> FallocateIn.LENGTH;
            case SETATTR -> SetattrIn.LENGTH;
            case OPEN -> OpenIn.LENGTH;
            case RELEASE -> ReleaseIn.LENGTH;
            case INTERRUPT -> InterruptIn.LENGTH;
            case INIT -> InitIn.LENGTH_WITHOUT_FLAGS2;
            default -> 0;
        };
    }
}
