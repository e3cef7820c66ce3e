package org.dmuser.examples.backup.moment;

import static java.nio.file.StandardOpenOption.READ;
import static org.dmuser.examples.backup.tracking.Tracking.BLOCK_SIZE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import org.dmuser.examples.backup.tracking.Tracking;
import org.dmuser.examples.backup.tracking.TrackingFile;
import org.dmuser.examples.backup.tracking.TrackingPoint;
import org.dmuser.sdk.config.ByteSize;
import org.dmuser.sdk.file.FileTransfer;

/**
 * A tracked device whose daemon does not run. It has the tracking file for itself, so that none can begin to: nobody
 * writes, and nothing has to be copied.
 */
final class FrozenAtRest implements FrozenDevice {
    private final TrackingFile file;
    private final FileChannel origin;
    private final Holes holes;
    private final FrozenState state;

    private FrozenAtRest(TrackingFile file, FileChannel origin, List<TrackingPoint> bases) throws IOException {
        this.file = file;
        this.origin = origin;
        this.holes = new Holes(file.originPath());
        MomentFiles.of(file.path()).deleteStale();
        Base base = Base.choose(file, bases);
        TrackingPoint point = file.tracking().endEra(() -> {});
        long size = file.tracking().size();
        ChangedBlocks changed = base.point()
                .map(known -> changedSince(file.tracking(), known))
                .orElseGet(() -> ChangedBlocks.all(BLOCK_SIZE, size));
        this.state = FrozenState.of(size, point, base, changed);
    }

    /**
     * Opens it.
     *
     * @param originPath as the tracking file has it
     */
    static FrozenAtRest open(Path tracking, Path originPath, List<TrackingPoint> bases) throws IOException {
        FileChannel origin = FileChannel.open(originPath, READ);
        try {
            // What a daemon that died has left in the page cache would look like a write of somebody else later.
            origin.force(false);
            TrackingFile file = TrackingFile.open(tracking, originPath, wholeSectors(origin.size()));
            try {
                return new FrozenAtRest(file, origin, bases);
            } catch (IOException | RuntimeException e) {
                file.abandon();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            origin.close();
            throw e;
        }
    }

    /** As the daemon serves it. */
    private static long wholeSectors(long length) {
        return length / ByteSize.SECTOR * ByteSize.SECTOR;
    }

    private static ChangedBlocks changedSince(Tracking tracking, TrackingPoint base) {
        long[] words = new long[(tracking.blocks() + Long.SIZE - 1) / Long.SIZE];
        for (int word = 0; word < words.length; word++) {
            words[word] = WholeChunks.unchanged(tracking, base, word * Long.SIZE);
        }
        BitSet changed = BitSet.valueOf(words);
        changed.flip(0, tracking.blocks());
        return ChangedBlocks.of(changed, BLOCK_SIZE, tracking.size());
    }

    @Override
    public FrozenState state() {
        return state;
    }

    @Override
    public void read(long offset, ByteBuffer dst) throws IOException {
        FileTransfer.readFully(file.originPath(), origin, offset, dst);
    }

    @Override
    public boolean isHole(long offset, long length) throws IOException {
        return holes.isHole(offset, length);
    }

    @Override
    public long requests() {
        return 0;
    }

    @Override
    public void done(long offset, long length) {
        // Nobody writes.
    }

    @Override
    public void close() throws IOException {
        try (origin;
                holes) {
            // Of a daemon that died there may be writes that were never synced, and marks that say so.
            origin.force(false);
            if (!file.closeUnwritten()) {
                throw new MomentBrokenException("origin " + file.originPath() + " was written to while it was read, and"
                        + " not by its daemon; see to it that nobody does, and begin the backup anew");
            }
        }
    }
}
