package org.dmuser.examples.backup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.dmuser.examples.backup.moment.Moments;
import org.dmuser.examples.backup.tracking.Tracking;
import org.dmuser.examples.file.FileHandler;
import org.dmuser.sdk.BlockHandler;
import org.dmuser.sdk.DeviceInfo;
import org.dmuser.sdk.ThreadModel;

/**
 * A disk in a file or on a block device, of which a backup can be made while it is used: it knows what has changed
 * since the last one, and can stand still for whoever reads it while others write.
 *
 * <pre>{@code
 * dmuser run backup origin=disk.img tracking=disk.tracking --at /tmp/disk
 * }</pre>
 *
 * <p>Reads and flushes go to the origin. A write, zeroing or discard does three things in this order, and the package
 * says why:
 *
 * <pre>
 *   1. the tracking file: mark of the region (durable), era of the block
 *   2. while a moment is open: what the block holds is copied, unless it was, or nobody wants it
 *   3. the origin
 * </pre>
 *
 * <p>Threads: any number. Between moments a write takes no lock.
 */
public final class BackupHandler implements BlockHandler {
    private final Path originPath;
    private final Path trackingPath;
    private final FileHandler origin;
    private Serving serving;
    private Tracking tracking;
    private Moments moments;

    /**
     * @param origin the one at {@code originPath}; closed with this
     */
    BackupHandler(Path originPath, FileHandler origin, Path trackingPath) {
        this.originPath = originPath;
        this.origin = origin;
        this.trackingPath = trackingPath;
    }

    @Override
    public long size() {
        return origin.size();
    }

    @Override
    public ThreadModel threadModel() {
        return ThreadModel.PARALLEL;
    }

    @Override
    public void open(DeviceInfo device) throws IOException {
        origin.open(device);
        serving = Serving.open(device, originPath, origin, trackingPath);
        tracking = serving.tracking();
        moments = serving.moments();
    }

    @Override
    public void read(long offset, ByteBuffer dst) throws IOException {
        moments.beforeRead();
        origin.read(offset, dst);
    }

    @Override
    public void write(long offset, ByteBuffer src) throws IOException {
        int side = begin(offset, src.remaining());
        try {
            origin.write(offset, src);
        } finally {
            tracking.endWrite(side);
        }
    }

    @Override
    public void writeZeroes(long offset, long length) throws IOException {
        int side = begin(offset, length);
        try {
            origin.writeZeroes(offset, length);
        } finally {
            tracking.endWrite(side);
        }
    }

    @Override
    public void discard(long offset, long length) throws IOException {
        int side = begin(offset, length);
        try {
            origin.discard(offset, length);
        } finally {
            tracking.endWrite(side);
        }
    }

    /** Steps 1 and 2; what it returns goes to {@code endWrite}, however step 3 ends. */
    private int begin(long offset, long length) throws IOException {
        int side = tracking.beginWrite(offset, length);
        try {
            moments.beforeWrite(offset, length);
            return side;
        } catch (RuntimeException | Error e) {
            tracking.endWrite(side);
            throw e;
        }
    }

    /** The origin only: that something has changed is durable before it changes. */
    @Override
    public void flush() throws IOException {
        origin.flush();
    }

    @Override
    public void close() throws IOException {
        try (origin) {
            if (serving != null) {
                serving.close();
            }
        }
    }
}
