package org.dmuser.examples.backup.work;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.dmuser.examples.backup.repository.ChunkReader;
import org.dmuser.examples.backup.repository.ChunkWriter;
import org.dmuser.examples.backup.repository.ImageTree;
import org.dmuser.examples.backup.repository.Point;
import org.dmuser.examples.backup.repository.Repository;
import org.dmuser.examples.backup.repository.RepositoryCheck;
import org.dmuser.examples.backup.repository.format.ChunkId;
import org.dmuser.examples.backup.repository.format.ChunkType;
import org.dmuser.examples.backup.repository.format.DamagedException;
import org.dmuser.examples.backup.repository.format.ImageLayout;

/**
 * Copies restore points from one repository to another, which may be encrypted in another way.
 *
 * <p>A point keeps its id, so one that is there already is not copied again; nor are tables, with all that is below
 * them, that a point of the other repository has, nor chunks that it holds. A point is written when everything below it
 * is durable; one with damage in it is not, and the others are.
 */
public final class Copy {
    /**
     * What came of it.
     *
     * @param copied points that are in the other repository now, and were not
     * @param there how many were there already
     * @param newBytes by which the other repository has grown
     * @param damages why points are missing
     */
    public record Result(List<Point> copied, int there, long newBytes, List<Damage> damages) {}

    private final ChunkReader source;
    private final ChunkWriter sink;
    private final Progress progress;
    private final Stop stop;

    /** Tables that points of the other repository have. */
    private final Set<ChunkId> tables = new HashSet<>();

    private Copy(ChunkReader source, ChunkWriter sink, Progress progress, Stop stop) {
        this.source = source;
        this.sink = sink;
        this.progress = progress;
        this.stop = stop;
    }

    /**
     * Copies those of {@code points} that are missing.
     *
     * @param from locked for reading
     * @param to locked for writing
     */
    public static Result run(Repository from, Repository to, List<Point> points, Progress progress, Stop stop)
            throws IOException {
        try (ChunkReader source = from.reader();
                ChunkReader known = to.reader();
                ChunkWriter sink = to.writer()) {
            Copy copy = new Copy(source, sink, progress, stop);
            try {
                return copy.run(to, known, points);
            } catch (Stop.StoppedException e) {
                sink.flush();
                throw e;
            }
        }
    }

    private Result run(Repository to, ChunkReader known, List<Point> points) throws IOException {
        List<Point> there = to.points().list().points();
        for (Point point : there) {
            noteTables(ImageTree.open(known, point.root(), point.size()));
        }
        Set<String> ids = there.stream().map(Point::id).collect(Collectors.toSet());
        List<Point> copied = new ArrayList<>();
        List<Damage> damages = new ArrayList<>();
        for (Point point : points) {
            if (ids.contains(point.id())) {
                continue;
            }
            try {
                copy(point);
                requireWhole(to, point);
                to.points().write(point);
                copied.add(point);
            } catch (DamagedException e) {
                damages.add(
                        new Damage(e.getMessage(), "point " + point.id() + " of " + point.volume() + " is not copied"));
            }
        }
        int missed = copied.size() + damages.size();
        return new Result(copied, points.size() - missed, sink.newBytes(), damages);
    }

    /** What was not copied is what the other repository has, and that may have been lost since. */
    private static void requireWhole(Repository to, Point point) throws IOException {
        try (RepositoryCheck check = to.check()) {
            List<DamagedException> missing = check.point(point);
            if (!missing.isEmpty()) {
                throw new DamagedException(to.url(), missing.get(0).getMessage());
            }
        }
    }

    private void noteTables(ImageTree tree) {
        for (int table = 0; table < tree.tables(); table++) {
            tables.add(tree.table(table));
        }
    }

    private void copy(Point point) throws IOException {
        ImageTree tree = ImageTree.open(source, point.root(), point.size());
        List<Integer> missing = new ArrayList<>();
        long bytes = 0;
        for (int table = 0; table < tree.tables(); table++) {
            if (!tree.table(table).isZero() && !tables.contains(tree.table(table))) {
                missing.add(table);
                bytes += bytes(tree, table);
            }
        }
        progress.begin("copying " + point.id(), bytes);
        TableCursor cursor = new TableCursor(tree, missing);
        Workers.run("copy", others -> copyTables(cursor, others));
        for (int table : missing) {
            sink.put(ChunkType.TABLE, tree.ids(table));
        }
        sink.put(ChunkType.ROOT, root(tree));
        sink.flush();
        noteTables(tree);
    }

    private static long bytes(ImageTree tree, int table) {
        long first = (long) table * ImageLayout.TABLE_ENTRIES * ImageLayout.CHUNK;
        return Math.min(tree.size() - first, (long) ImageLayout.TABLE_ENTRIES * ImageLayout.CHUNK);
    }

    private static ByteBuffer root(ImageTree tree) {
        ByteBuffer root = ByteBuffer.allocate(tree.tables() * ChunkId.BYTES);
        for (int table = 0; table < tree.tables(); table++) {
            tree.table(table).put(root, table * ChunkId.BYTES);
        }
        return root;
    }

    private void copyTables(TableCursor cursor, Workers.Others others) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(ImageLayout.CHUNK);
        long chunk;
        while ((chunk = cursor.next()) >= 0 && !others.haveFailed()) {
            stop.check();
            ChunkId id = cursor.tree.chunk(chunk);
            int length = ImageLayout.length(cursor.tree.size(), chunk);
            if (!id.isZero() && !sink.knows(id)) {
                ContentLength.require(id, length, source.read(id, buffer.clear().limit(length)));
                sink.put(ChunkType.DATA, buffer.flip());
            }
            progress.add(length);
        }
    }

    /** The chunks of some tables, one after the other. Any thread. */
    private static final class TableCursor {
        private final ImageTree tree;
        private final List<Integer> tables;
        private int at;
        private int entry;

        TableCursor(ImageTree tree, List<Integer> tables) {
            this.tree = tree;
            this.tables = tables;
        }

        /** The number of the next chunk; negative if there is none. */
        synchronized long next() {
            if (at < tables.size() && entry == ImageLayout.entries(tree.size(), tables.get(at))) {
                at++;
                entry = 0;
            }
            return at == tables.size() ? -1 : (long) tables.get(at) * ImageLayout.TABLE_ENTRIES + entry++;
        }
    }
}
