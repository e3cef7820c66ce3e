package org.dmuser.examples.backup.work;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.dmuser.examples.backup.moment.FrozenDevice;
import org.dmuser.examples.backup.moment.FrozenDevices;
import org.dmuser.examples.backup.repository.ChunkReader;
import org.dmuser.examples.backup.repository.ChunkWriter;
import org.dmuser.examples.backup.repository.ImageTree;
import org.dmuser.examples.backup.repository.ImageTreeBuilder;
import org.dmuser.examples.backup.repository.Point;
import org.dmuser.examples.backup.repository.Points;
import org.dmuser.examples.backup.repository.Repository;
import org.dmuser.examples.backup.repository.format.ChunkId;
import org.dmuser.examples.backup.repository.format.DamagedException;
import org.dmuser.examples.backup.tracking.TrackingPoint;

/**
 * Makes a restore point of a device.
 *
 * <pre>
 *   points of the repository  -> the moments one could compare with
 *   freeze the device         -> which of them it knows, and what has changed since; otherwise, everything has
 *   read and store that        (ImageWriter)
 *   let go of the device, begin to make all of it durable
 *   look up whether all else that the image needs is stored, while the disk writes
 *   when all of it is durable, write the point
 * </pre>
 *
 * <p>The crash argument: nothing refers to what is stored until the point is written, and that comes last. Whatever
 * breaks it off, chunks in finished packs are found by the next backup, which then need not store them again.
 */
public final class Backup {
    /**
     * What is to be backed up.
     *
     * @param where a tracking file, an image, or a block device
     * @param volume what the device is called in the repository
     * @param host where it is
     * @param full whether to read all of it, whatever is known to be unchanged
     * @param gentle whether to go slowly while others use the device
     */
    public record Request(Path where, String volume, String host, boolean full, boolean gentle) {}

    /**
     * What came of it.
     *
     * @param base the point compared with; nothing if all was read
     * @param whyFull why all was read, in words for the user; empty if not
     * @param readBytes of the device
     * @param newBytes that the repository has grown by
     */
    public record Result(
            Point point, Optional<Point> base, String whyFull, long readBytes, long newBytes, long newChunks) {}

    private final Repository repository;
    private final Request request;
    private final Progress progress;
    private final Stop stop;

    private Backup(Repository repository, Request request, Progress progress, Stop stop) {
        this.repository = repository;
        this.request = request;
        this.progress = progress;
        this.stop = stop;
    }

    /**
     * Makes the point, and returns when it is durable.
     *
     * @param repository locked for writing
     * @throws Stop.StoppedException if it was broken off; what has been stored until then is durable, but for packs
     *     that were on their way over a network
     */
    public static Result run(Repository repository, Request request, Progress progress, Stop stop) throws IOException {
        return new Backup(repository, request, progress, stop).run();
    }

    private Result run() throws IOException {
        // Before the device is frozen: reading an index takes a while.
        Map<TrackingPoint, Point> bases = request.full() ? Map.of() : bases(repository.points());
        try (ChunkWriter chunks = repository.writer();
                ChunkReader reader = repository.reader()) {
            try {
                return run(chunks, reader, bases);
            } catch (Stop.StoppedException e) {
                chunks.flush();
                throw e;
            }
        }
    }

    /** The moments there are to compare with, the newest first. */
    private Map<TrackingPoint, Point> bases(Points points) throws IOException {
        Map<TrackingPoint, Point> bases = new LinkedHashMap<>();
        List<Point> oldestFirst = points.list().points();
        for (int i = oldestFirst.size() - 1; i >= 0; i--) {
            Point point = oldestFirst.get(i);
            if (!point.trackingId().isEmpty()) {
                bases.putIfAbsent(new TrackingPoint(UUID.fromString(point.trackingId()), point.era()), point);
            }
        }
        return bases;
    }

    /** What was read of the device, and what is known of the moment. */
    private record Taken(
            Instant time,
            long size,
            Optional<TrackingPoint> moment,
            Optional<Point> base,
            String whyFull,
            ImageTreeBuilder tree,
            long readBytes) {}

    private Result run(ChunkWriter chunks, ChunkReader reader, Map<TrackingPoint, Point> bases) throws IOException {
        long startNs = System.nanoTime();
        Taken taken = take(chunks, reader, bases);
        ChunkId root = taken.tree().finish();
        chunks.beginFlush();
        // What was not read is what the base has, and that may have been lost since. Looked up while a disk is busy.
        Optional<String> missing = taken.base().isPresent() ? taken.tree().missing() : Optional.empty();
        chunks.flush();
        if (missing.isPresent()) {
            throw incomplete(missing.get());
        }
        Map<String, Long> statistics = new LinkedHashMap<>();
        statistics.put("read-bytes", taken.readBytes());
        statistics.put("new-bytes", chunks.newBytes());
        statistics.put("new-chunks", chunks.newChunks());
        statistics.put("milliseconds", (System.nanoTime() - startNs) / 1_000_000);
        Point point = new Point(
                Points.newId(),
                taken.time(),
                request.host(),
                request.volume(),
                taken.size(),
                taken.moment().map(moment -> moment.trackingId().toString()).orElse(""),
                taken.moment().map(TrackingPoint::moment).orElse(0L),
                root,
                statistics);
        repository.points().write(point);
        return new Result(
                point, taken.base(), taken.whyFull(), taken.readBytes(), chunks.newBytes(), chunks.newChunks());
    }

    private DamagedException incomplete(String missing) {
        return new DamagedException(
                repository.url(),
                "no restore point was made, because its " + missing + "; with --full all of the device is read, and"
                        + " what is missing stored again");
    }

    /** Everything that needs the device, which is let go of as early as can be. */
    private Taken take(ChunkWriter chunks, ChunkReader reader, Map<TrackingPoint, Point> bases) throws IOException {
        try (FrozenDevice device = FrozenDevices.freeze(request.where(), new ArrayList<>(bases.keySet()))) {
            Instant time = Instant.now();
            long size = device.size();
            Optional<Point> base = device.base().map(bases::get);
            ImageTreeBuilder tree = tree(chunks, reader, base, size);
            String doing = "backing up " + request.volume();
            Optional<Backoff> backoff =
                    request.gentle() ? Optional.of(new Backoff(device::requests)) : Optional.empty();
            ImageWriter writer = new ImageWriter(device, chunks, tree, backoff, doing, progress, stop);
            writer.run();
            String whyFull = request.full() ? "it was asked for" : device.whyNoBase();
            return new Taken(time, size, device.point(), base, whyFull, tree, writer.readBytes());
        }
    }

    private static ImageTreeBuilder tree(ChunkWriter chunks, ChunkReader reader, Optional<Point> base, long size)
            throws IOException {
        if (base.isEmpty()) {
            return ImageTreeBuilder.empty(chunks, size);
        }
        Point point = base.get();
        if (point.size() != size) {
            throw new IOException("the device has " + size + " bytes, and had " + point.size() + " at restore point "
                    + point.id() + ", which it claims to know: --full compares all of it");
        }
        return ImageTreeBuilder.from(chunks, ImageTree.open(reader, point.root(), size));
    }
}
