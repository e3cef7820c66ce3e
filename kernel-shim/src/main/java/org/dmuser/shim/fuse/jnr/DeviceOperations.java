package org.dmuser.shim.fuse.jnr;

import java.nio.ByteBuffer;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import jnr.ffi.Struct;
import org.agrona.BufferUtil;
import org.agrona.ErrorHandler;
import org.agrona.UnsafeApi;
import org.dmuser.channel.Errno;
import org.dmuser.shim.bio.Bio;
import org.dmuser.shim.fuse.DeviceNode;
import ru.serce.jnrfuse.FuseStubFS;
import ru.serce.jnrfuse.struct.FileStat;
import ru.serce.jnrfuse.struct.FuseFileInfo;
import ru.serce.jnrfuse.struct.Statvfs;
import ru.serce.jnrfuse.struct.Timespec;

/**
 * What libfuse calls, by way of jnr-fuse's structure of callbacks. The root of the file system, {@code /}, is the
 * device itself; there is nothing else, so nobody looks at the path, which libfuse leaves out where it can.
 *
 * <p>What is not overridden here stays empty in the structure, and libfuse answers ENOSYS. That goes for {@code flush},
 * too, which is a {@code close} and not a flush of the disk.
 *
 * <p>Called on {@link SessionThread}s only. An exception must not reach libfuse: it is reported and becomes EIO.
 */
final class DeviceOperations extends FuseStubFS {
    /** The most libfuse 2.9 hands over in one request. */
    static final int TRANSFER_SIZE_MAX = 128 * 1024;

    /** Where {@code read} and {@code write} are in the structure, which begins with 15 other functions. */
    private static final long READ_OFFSET = 15L * Long.BYTES;

    private static final long WRITE_OFFSET = 16L * Long.BYTES;

    /** For a request that finds no thread to wait on; who tries again may find one. */
    private static final Errno TOO_MANY = Errno.EAGAIN;

    private static final long MS_PER_SECOND = 1000;

    private final DeviceNode node;
    private final ErrorHandler errors;

    /** Kept here because the native side has only weak references to them. */
    private final TransferCallback read = this::readTo;

    private final TransferCallback write = this::writeFrom;

    DeviceOperations(DeviceNode node, ErrorHandler errors) {
        this.node = node;
        this.errors = errors;
        struct().putPointer(READ_OFFSET, closure(read));
        struct().putPointer(WRITE_OFFSET, closure(write));
    }

    /** The {@code struct fuse_operations}. */
    Pointer struct() {
        return Struct.getMemory(fuseOperations);
    }

    long structSize() {
        return Struct.size(fuseOperations);
    }

    // These two are written out, without the helpers below, because a lambda with captures is an object for each
    // request.

    private int readTo(long path, long data, long size, long offset, long fileInfo) {
        SessionThread thread = SessionThread.current();
        if (!thread.crew().requestBegins()) {
            return negated(TOO_MANY);
        }
        try {
            ByteBuffer memory = thread.context().memory(TRANSFER_SIZE_MAX);
            int result = node.file().read(thread.context(), offset, memory, (int) size);
            if (result > 0) {
                UnsafeApi.copyMemory(BufferUtil.address(memory), data, result);
            }
            return result;
        } catch (RuntimeException | Error e) {
            return failed(e);
        } finally {
            thread.crew().requestEnds();
        }
    }

    private int writeFrom(long path, long data, long size, long offset, long fileInfo) {
        SessionThread thread = SessionThread.current();
        if (!thread.crew().requestBegins()) {
            return negated(TOO_MANY);
        }
        try {
            // The flags are the first field of a struct fuse_file_info: those of the open file and of this write.
            boolean durable = DeviceNode.isDurable(UnsafeApi.getInt(fileInfo));
            ByteBuffer memory = thread.context().memory(TRANSFER_SIZE_MAX);
            UnsafeApi.copyMemory(data, BufferUtil.address(memory), size);
            return node.file().write(thread.context(), offset, memory, (int) size, durable);
        } catch (RuntimeException | Error e) {
            return failed(e);
        } finally {
            thread.crew().requestEnds();
        }
    }

    @Override
    public int fsync(String path, int dataOnly, FuseFileInfo fileInfo) {
        return blocking(thread -> negated(node.file().sync(thread.context())));
    }

    @Override
    public int fallocate(String path, int mode, long offset, long length, FuseFileInfo fileInfo) {
        return blocking(thread -> negated(node.fallocate(thread.context(), mode, offset, length)));
    }

    @Override
    public int getattr(String path, FileStat stat) {
        return answered(() -> {
            stat.st_mode.set(node.mode());
            stat.st_nlink.set(1);
            stat.st_uid.set(node.uid());
            stat.st_gid.set(node.gid());
            stat.st_size.set(node.file().size());
            stat.st_blksize.set(DeviceNode.BLOCK_SIZE);
            stat.st_blocks.set(node.file().size() >>> Bio.SECTOR_SHIFT);
            setTime(stat.st_atim);
            setTime(stat.st_mtim);
            setTime(stat.st_ctim);
            return Errno.OK;
        });
    }

    @Override
    public int statfs(String path, Statvfs stat) {
        return answered(() -> {
            stat.f_bsize.set(DeviceNode.BLOCK_SIZE);
            stat.f_frsize.set(DeviceNode.BLOCK_SIZE);
            stat.f_blocks.set(node.file().size() / DeviceNode.BLOCK_SIZE);
            stat.f_files.set(1);
            return Errno.OK;
        });
    }

    @Override
    public int open(String path, FuseFileInfo fileInfo) {
        return answered(() -> node.open(fileInfo.flags.intValue()));
    }

    @Override
    public int release(String path, FuseFileInfo fileInfo) {
        return answered(() -> {
            node.release();
            return Errno.OK;
        });
    }

    @Override
    public int truncate(String path, long size) {
        return answered(() -> node.truncate(size));
    }

    @Override
    public int ftruncate(String path, long size, FuseFileInfo fileInfo) {
        return truncate(path, size);
    }

    // Mode, owner and times are what they are; whoever copies them along with the data need not fail for that.

    @Override
    public int chmod(String path, long mode) {
        return 0;
    }

    @Override
    public int chown(String path, long uid, long gid) {
        return 0;
    }

    @Override
    public int utimens(String path, Timespec[] times) {
        return 0;
    }

    private void setTime(Timespec time) {
        time.tv_sec.set(node.createdMs() / MS_PER_SECOND);
        time.tv_nsec.set(0);
    }

    private int blocking(DeviceCall call) {
        SessionThread thread = SessionThread.current();
        if (!thread.crew().requestBegins()) {
            return negated(TOO_MANY);
        }
        try {
            return call.on(thread);
        } catch (RuntimeException | Error e) {
            return failed(e);
        } finally {
            thread.crew().requestEnds();
        }
    }

    private int answered(NodeCall call) {
        try {
            return negated(call.run());
        } catch (RuntimeException | Error e) {
            return failed(e);
        }
    }

    private int failed(Throwable e) {
        errors.onError(e);
        return negated(Errno.EIO);
    }

    private static int negated(Errno errno) {
        return -errno.number();
    }

    private static Pointer closure(TransferCallback callback) {
        return Runtime.getSystemRuntime().getClosureManager().getClosurePointer(TransferCallback.class, callback);
    }

    /** Something that may wait for the device. */
    private interface DeviceCall {
        int on(SessionThread thread);
    }

    /** Something answered at once. */
    private interface NodeCall {
        Errno run();
    }
}
