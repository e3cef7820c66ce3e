package org.dmuser.bench.contender;

import java.nio.file.Path;
import jnr.ffi.Memory;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import ru.serce.jnrfuse.ErrorCodes;
import ru.serce.jnrfuse.FuseStubFS;
import ru.serce.jnrfuse.struct.FileStat;
import ru.serce.jnrfuse.struct.FuseFileInfo;
import ru.serce.jnrfuse.struct.Timespec;

/**
 * A disk in memory as one writes it with jnr-fuse alone: its own threads, its own loop, libfuse 2. The memory is
 * native, so that only what jnr-fuse does itself is measured.
 */
public final class StockJnr extends FuseStubFS {
    static final String NAME = "disk";

    private static final String PATH = "/" + NAME;
    private static final int EXTENT_SIZE = 1 << 20;
    private static final String[] OPTIONS = {
        "-o", "big_writes,direct_io,max_write=131072,max_read=131072,fsname=stock-jnr"
    };

    private final long size;
    private final Pointer[] extents;

    private StockJnr(long size) {
        this.size = size;
        extents = new Pointer[Math.toIntExact((size + EXTENT_SIZE - 1) / EXTENT_SIZE)];
        Runtime runtime = Runtime.getSystemRuntime();
        for (int i = 0; i < extents.length; i++) {
            extents[i] = Memory.allocateDirect(runtime, EXTENT_SIZE, true);
        }
    }

    /** Serves until it is unmounted: directory, and size in bytes. */
    public static void main(String[] arguments) {
        StockJnr disk = new StockJnr(Long.parseLong(arguments[1]));
        disk.mount(Path.of(arguments[0]), true, false, OPTIONS);
    }

    @Override
    public int getattr(String path, FileStat stat) {
        if (path.equals("/")) {
            stat.st_mode.set(FileStat.S_IFDIR | 0700);
            stat.st_nlink.set(2);
            return 0;
        }
        if (!path.equals(PATH)) {
            return -ErrorCodes.ENOENT();
        }
        stat.st_mode.set(FileStat.S_IFREG | 0600);
        stat.st_nlink.set(1);
        stat.st_size.set(size);
        return 0;
    }

    @Override
    public int open(String path, FuseFileInfo file) {
        return 0;
    }

    @Override
    public int truncate(String path, long length) {
        return 0;
    }

    @Override
    public int utimens(String path, Timespec[] times) {
        return 0;
    }

    @Override
    public int fsync(String path, int dataOnly, FuseFileInfo file) {
        return 0;
    }

    @Override
    public int read(String path, Pointer to, long length, long offset, FuseFileInfo file) {
        int count = inside(offset, length);
        for (int done = 0, piece; done < count; done += piece) {
            piece = piece(offset + done, count - done);
            extent(offset + done).transferTo(within(offset + done), to, done, piece);
        }
        return count;
    }

    @Override
    public int write(String path, Pointer from, long length, long offset, FuseFileInfo file) {
        int count = inside(offset, length);
        if (count < length) {
            return -ErrorCodes.ENOSPC();
        }
        for (int done = 0, piece; done < count; done += piece) {
            piece = piece(offset + done, count - done);
            from.transferTo(done, extent(offset + done), within(offset + done), piece);
        }
        return count;
    }

    private int inside(long offset, long length) {
        return (int) Math.max(0, Math.min(length, size - offset));
    }

    private Pointer extent(long offset) {
        return extents[(int) (offset / EXTENT_SIZE)];
    }

    private static int within(long offset) {
        return (int) (offset % EXTENT_SIZE);
    }

    private static int piece(long offset, int left) {
        return Math.min(left, EXTENT_SIZE - within(offset));
    }
}
