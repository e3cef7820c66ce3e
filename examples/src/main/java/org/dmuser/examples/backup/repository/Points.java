package org.dmuser.examples.backup.repository;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dmuser.examples.backup.repository.crypto.Sealer;
import org.dmuser.examples.backup.repository.format.ChunkId;
import org.dmuser.examples.backup.repository.format.DamagedException;
import org.dmuser.examples.backup.repository.format.Envelope;
import org.dmuser.examples.backup.repository.format.Fields;
import org.dmuser.examples.backup.repository.format.ImageLayout;
import org.dmuser.examples.backup.repository.storage.Storage;
import org.dmuser.examples.backup.repository.storage.StoredObject;

/**
 * The restore points of a repository, one object each: lines of key=value in an {@link Envelope} DMUBPONT.
 *
 * <p>A point is written after all it needs, so one that is listed is complete. Threads: any number.
 */
public final class Points {
    private static final String MAGIC = "DMUBPONT";
    private static final String STATISTIC = "count.";

    private final Storage storage;
    private final Sealer sealer;
    private final Guard guard;

    Points(Storage storage, Sealer sealer, Guard guard) {
        this.storage = storage;
        this.sealer = sealer;
        this.guard = guard;
    }

    /** Lets through who has locked the repository for changes. */
    interface Guard {
        void requireLocked() throws IOException;
    }

    /**
     * What a listing found.
     *
     * @param points oldest first
     * @param damaged those that cannot be read, of which nothing but the id is known, by that
     */
    public record Listing(List<Point> points, Map<String, DamagedException> damaged) {}

    /** An id that no point has. */
    public static String newId() {
        return Names.unique();
    }

    public Listing list() throws IOException {
        Listing listing = new Listing(new ArrayList<>(), new LinkedHashMap<>());
        for (StoredObject object : storage.list(Names.POINTS)) {
            try {
                listing.points.add(read(object.name()));
            } catch (DamagedException e) {
                listing.damaged.put(object.name(), e);
            } catch (NoSuchFileException e) {
                // Deleted since it was listed.
            }
        }
        listing.points.sort(Points::byTime);
        return listing;
    }

    /** Oldest first. The JDK's own comparators would be made when asked for, and take 10 ms of a short command. */
    private static int byTime(Point one, Point other) {
        int order = one.time().compareTo(other.time());
        return order != 0 ? order : one.id().compareTo(other.id());
    }

    /**
     * The point a user means.
     *
     * @param text {@code latest}, an id, or the beginning of one that no other has
     * @throws NoSuchPointException if there is none, or more than one
     * @throws DamagedException if it cannot be read; for {@code latest} also if any other cannot, as that may be the
     *     latest
     */
    public Point find(String text) throws IOException {
        if (text.equals("latest")) {
            return latest(list());
        }
        List<String> ids = new ArrayList<>();
        storage.list(Names.POINTS).forEach(object -> ids.add(object.name()));
        return read(matching(text, ids));
    }

    /**
     * The id of the point a user means, which need not be one that can be read.
     *
     * @param listing of this repository
     * @param text as for {@link #find}
     * @throws NoSuchPointException if there is none, or more than one
     */
    public String id(Listing listing, String text) throws IOException {
        if (text.equals("latest")) {
            return latest(listing).id();
        }
        List<String> ids = new ArrayList<>(listing.damaged.keySet());
        listing.points.forEach(point -> ids.add(point.id()));
        return matching(text, ids);
    }

    private Point latest(Listing listing) throws IOException {
        if (!listing.damaged.isEmpty()) {
            DamagedException first = listing.damaged.values().iterator().next();
            throw new DamagedException(
                    first, "nobody can say whether it is the latest, so write the id of the one you mean");
        }
        if (listing.points.isEmpty()) {
            throw new NoSuchPointException("repository " + storage.url() + " has no restore points yet");
        }
        return listing.points.get(listing.points.size() - 1);
    }

    private String matching(String text, List<String> ids) throws NoSuchPointException {
        if (text.isEmpty()) {
            // Every id begins with that: perhaps the variable of a script is not set.
            throw new NoSuchPointException(
                    "the name of a restore point is empty; write its id, the beginning of that, or 'latest'");
        }
        List<String> matching = new ArrayList<>();
        for (String id : ids) {
            if (id.startsWith(text)) {
                matching.add(id);
            }
        }
        if (matching.isEmpty()) {
            throw new NoSuchPointException("repository " + storage.url() + " has no restore point '" + text + "'");
        }
        if (matching.size() > 1) {
            throw new NoSuchPointException("more than one restore point begins with '" + text + "': "
                    + String.join(", ", matching) + "; write more of its id");
        }
        return matching.get(0);
    }

    /** Makes a point durable. All its chunks must be so already, by {@link ChunkWriter#flush}. */
    public void write(Point point) throws IOException {
        guard.requireLocked();
        Fields fields = new Fields(Names.point(point.id()))
                .put("id", point.id())
                .put("time", point.time())
                .put("host", point.host())
                .put("volume", point.volume())
                .put("size", point.size())
                .put("tracking", point.trackingId())
                .put("era", point.era())
                .put("root", point.root());
        point.statistics().forEach((name, count) -> fields.put(STATISTIC + name, count));
        String object = Names.point(point.id());
        storage.put(object, Envelope.wrap(MAGIC, object, fields.bytes(), sealer));
        storage.sync();
    }

    /** Removes a point; what only it needed stays until it is swept. */
    public void delete(String id) throws IOException {
        guard.requireLocked();
        storage.delete(Names.point(id));
        storage.sync();
    }

    private Point read(String id) throws IOException {
        String object = Names.point(id);
        ByteBuffer payload = Envelope.unwrap(MAGIC, object, storage.read(object), sealer);
        Fields fields = Fields.parse(object, payload);
        if (!id.equals(fields.text("id"))) {
            throw new DamagedException(object, "it is the point " + fields.text("id") + " under another name");
        }
        long size = fields.number("size");
        if (size < 0 || size > ImageLayout.IMAGE_MAX) {
            throw new DamagedException(object, "its image has " + size + " bytes");
        }
        return new Point(
                id,
                fields.value("time", Instant::parse),
                fields.text("host"),
                fields.text("volume"),
                size,
                fields.text("tracking"),
                fields.number("era"),
                fields.value("root", ChunkId::parse),
                statistics(fields));
    }

    private static Map<String, Long> statistics(Fields fields) throws DamagedException {
        Map<String, Long> statistics = new LinkedHashMap<>();
        for (String key : fields.all().keySet()) {
            if (key.startsWith(STATISTIC)) {
                statistics.put(key.substring(STATISTIC.length()), fields.number(key));
            }
        }
        return statistics;
    }
}
