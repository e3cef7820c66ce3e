package org.dmuser.shim.dm;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;
import org.dmuser.channel.Errno;

/** The files and block devices that targets have open: one {@link FileDevice} for each path, however many use it. */
final class FileDevices {
    private static final int MODE_TYPE = 0170000;
    private static final int MODE_BLOCK_DEVICE = 0060000;
    private static final int MODE_FILE = 0100000;

    private final ErrorHandler errorHandler;
    private final Map<Path, FileDevice> byPath = new HashMap<>();
    private final Map<FileDevice, Integer> useCounts = new HashMap<>();

    FileDevices(ErrorHandler errorHandler) {
        this.errorHandler = errorHandler;
    }

    /**
     * Opens {@code path}, or the one that is open already, which is opened anew for writing if that was for reading
     * only.
     *
     * @throws DmException ENODEV if there is none, or it is neither file nor block device, EACCES
     */
    synchronized FileDevice open(Path path, boolean readOnly) throws DmException {
        try {
            Path real = real(path);
            FileDevice device = byPath.get(real);
            if (device == null) {
                device = FileDevice.open(real, number(real), readOnly, errorHandler);
                byPath.put(real, device);
            } else if (!readOnly && device.readOnly()) {
                device.makeWritable();
            }
            useCounts.merge(device, 1, Integer::sum);
            return device;
        } catch (AccessDeniedException e) {
            throw new DmException(
                    Errno.EACCES, path + ": no permission to " + (readOnly ? "read it" : "read and write it"), e);
        } catch (IOException e) {
            throw new DmException(Errno.EIO, path + ": " + e.getMessage(), e);
        }
    }

    /** The path without links. @throws DmException ENODEV if it leads nowhere, for whatever reason */
    private static Path real(Path path) throws AccessDeniedException, DmException {
        try {
            return path.toRealPath();
        } catch (AccessDeniedException e) {
            throw e;
        } catch (NoSuchFileException e) {
            throw new DmException(Errno.ENODEV, path + ": no such file or block device", e);
        } catch (IOException e) {
            throw new DmException(Errno.ENODEV, e.getMessage(), e);
        }
    }

    synchronized void release(FileDevice device) {
        int left = useCounts.merge(device, -1, Integer::sum);
        if (left == 0) {
            useCounts.remove(device);
            byPath.remove(device.path());
            CloseHelper.close(errorHandler, device);
        }
    }

    /** {@code major:minor} of a block device, null for a file. Looked up before opening: opening a pipe would wait. */
    private static String number(Path path) throws IOException, DmException {
        int type = (Integer) Files.getAttribute(path, "unix:mode") & MODE_TYPE;
        if (type == MODE_FILE) {
            return null;
        }
        if (type != MODE_BLOCK_DEVICE) {
            throw new DmException(Errno.ENODEV, path + ": neither a file nor a block device");
        }
        long device = (Long) Files.getAttribute(path, "unix:rdev");
        long major = (device >>> 8 & 0xfff) | (device >>> 32 & ~0xfffL);
        long minor = (device & 0xff) | (device >>> 12 & 0xffffff00L);
        // The machine's devices of the major number that we give to ours can only be named by path.
        return major == DeviceMapper.MAJOR ? null : major + ":" + minor;
    }
}
