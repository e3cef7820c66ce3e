package org.dmuser.shim.fuse;

import org.dmuser.channel.Errno;
import org.dmuser.shim.file.BlockFile;
import org.dmuser.shim.file.IoContext;
import org.dmuser.shim.os.LibC;

/** The one file of a mount: what its calls mean to the device, whatever carries them. Any thread. */
public final class DeviceNode {
    /** What the file recommends as a block, and the unit in which a loop device discards. */
    public static final int BLOCK_SIZE = 4096;

    private static final int S_IFREG = 0100000;
    private static final int MODE = 0600;
    private static final int MODE_READ_ONLY = 0400;

    private static final int FALLOC_KEEP_SIZE = 0x01;
    private static final int FALLOC_PUNCH_HOLE = 0x02;
    private static final int FALLOC_ZERO_RANGE = 0x10;

    private final BlockFile file;
    private final OpenCount opens = new OpenCount();
    private final int uid = LibC.instance().getuid();
    private final int gid = LibC.instance().getgid();
    private final long createdMs = System.currentTimeMillis();

    private final Runnable closed;

    /** @param closed run when the last of those who had the file open has closed it; must be quick */
    public DeviceNode(BlockFile file, Runnable closed) {
        this.file = file;
        this.closed = closed;
    }

    public BlockFile file() {
        return file;
    }

    public int uid() {
        return uid;
    }

    public int gid() {
        return gid;
    }

    public int mode() {
        return S_IFREG | (file.readOnly() ? MODE_READ_ONLY : MODE);
    }

    /** The time of its times. */
    public long createdMs() {
        return createdMs;
    }

    /** As what it is mounted. */
    public MountRoot root() {
        return new MountRoot(mode(), file.readOnly());
    }

    /** How often it is open. */
    public OpenCount opens() {
        return opens;
    }

    /** Opens it with the {@code O_} flags given. */
    public Errno open(int flags) {
        if ((flags & LibC.O_ACCMODE) != LibC.O_RDONLY && file.readOnly()) {
            return Errno.EROFS;
        }
        opens.opened();
        return Errno.OK;
    }

    public void release() {
        if (opens.released()) {
            closed.run();
        }
    }

    /**
     * A device has the size it has; to cut it, as a shell does with {@code >} and {@code dd} where it is to write, is
     * no change.
     */
    public Errno truncate(long size) {
        return size <= file.size() ? Errno.OK : Errno.EINVAL;
    }

    public Errno fallocate(IoContext context, int mode, long offset, long length) {
        boolean inside = offset <= file.size() - length;
        return switch (mode) {
            case 0, FALLOC_KEEP_SIZE -> inside ? Errno.OK : Errno.ENOSPC;
            case FALLOC_PUNCH_HOLE | FALLOC_KEEP_SIZE -> file.discard(context, offset, length);
            case FALLOC_ZERO_RANGE -> inside ? file.writeZeroes(context, offset, length, true) : Errno.ENOSPC;
            case FALLOC_ZERO_RANGE | FALLOC_KEEP_SIZE -> file.writeZeroes(context, offset, length, true);
            default -> Errno.EOPNOTSUPP;
        };
    }

    /** Whether a write with the {@code O_} flags given has to be durable when it is answered. */
    public static boolean isDurable(int flags) {
        return (flags & LibC.O_DSYNC) != 0;
    }
}
