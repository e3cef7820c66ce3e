package org.dmuser.examples.backup.tracking;

import static java.nio.file.StandardOpenOption.READ;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A tracking file as seen by somebody who only looks, whether or not a daemon has it: what it says is true of some time
 * between the call and its end.
 */
public final class TrackingView {
    private final Path path;
    private final ByteBuffer bytes;
    private final TrackingHeader header;
    private final TrackingLayout layout;

    private TrackingView(Path path, ByteBuffer bytes, TrackingHeader header) {
        this.path = path;
        this.bytes = bytes;
        this.header = header;
        this.layout = new TrackingLayout(header.size());
    }

    /**
     * Opens it.
     *
     * @return nothing if it is something else than a tracking file
     * @throws IOException if it is one and cannot be used
     */
    public static Optional<TrackingView> open(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, READ)) {
            TrackingStart start = TrackingStart.read(path, channel);
            if (!start.isTracking()) {
                return Optional.empty();
            }
            TrackingHeader header = start.header()
                    .orElseThrow(() -> new IOException("tracking file " + path + " is damaged; its daemon will begin a"
                            + " new one when it is started"));
            if (channel.size() < new TrackingLayout(header.size()).length()) {
                throw new EOFException("tracking file " + path + " was cut off; its daemon will begin a new one when it"
                        + " is started");
            }
            return Optional.of(new TrackingView(path, MappedFile.toRead(channel).bytes(), header));
        }
    }

    public Path path() {
        return path;
    }

    public UUID trackingId() {
        return header.trackingId();
    }

    /** The current one. */
    public int era() {
        return header.era();
    }

    /** Bytes in the device. */
    public long size() {
        return header.size();
    }

    /** Where the origin was when a daemon last had the file. */
    public Path originPath() throws IOException {
        return OriginPath.read(bytes)
                .orElseThrow(() -> new IOException("tracking file " + path + " has lost where its origin is; its daemon"
                        + " notes it anew when it is started"));
    }

    /** Whether a daemon has the file, or had it and died. */
    public boolean isOpen() {
        return header.open();
    }

    public int blocks() {
        return layout.blocks();
    }

    public int regions() {
        return layout.regions();
    }

    /** How many regions would count as written in the current era after a loss of power. */
    public int markedRegions() {
        int marked = 0;
        for (int region = 0; region < layout.regions(); region++) {
            marked += bytes.get(TrackingLayout.MARKS + region) != 0 ? 1 : 0;
        }
        return marked;
    }

    /**
     * A moment, and what has changed since.
     *
     * @param changed bytes
     */
    public record Since(TrackingPoint point, Instant time, long changed) {}

    /** The last moments, newest first. */
    public List<Since> last(int count) {
        return new MomentLog(bytes)
                .last(header.era(), count).stream()
                        .map(logged -> new Since(
                                new TrackingPoint(header.trackingId(), logged.moment()),
                                logged.time(),
                                changedSince((int) logged.moment())))
                        .toList();
    }

    private long changedSince(int era) {
        long changed = 0;
        for (int block = 0; block < layout.blocks(); block++) {
            if (bytes.getInt(layout.era(block)) > era) {
                long offset = (long) block * TrackingLayout.BLOCK_SIZE;
                changed += Math.min(TrackingLayout.BLOCK_SIZE, layout.size() - offset);
            }
        }
        return changed;
    }
}
