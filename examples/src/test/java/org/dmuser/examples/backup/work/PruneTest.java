package org.dmuser.examples.backup.work;

import static java.nio.file.StandardOpenOption.APPEND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dmuser.examples.backup.repository.LockKind;
import org.dmuser.examples.backup.repository.Point;
import org.dmuser.examples.backup.repository.Points;
import org.dmuser.examples.backup.repository.Repository;
import org.dmuser.examples.backup.repository.format.DamagedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PruneTest {
    private static final int SIZE = 2 * 1024 * 1024;
    private static final long SEED = 20261122;

    @TempDir
    private Path directory;

    private Path repository;
    private Point first;
    private Point second;

    /** The second point needs most of the pack of the first. */
    @BeforeEach
    void setUp() throws IOException {
        repository = directory.resolve("repository");
        Images.create(repository, LockKind.WRITE).close();
        byte[] content = new byte[SIZE];
        new Random(SEED).nextBytes(content);
        Path image = Files.write(directory.resolve("image"), content);
        first = backUp(image);
        content[SIZE - 1]++;
        Files.write(image, content);
        second = backUp(image);
    }

    private Point backUp(Path image) throws IOException {
        try (Repository open = Images.open(repository, LockKind.WRITE)) {
            Backup.Request request = new Backup.Request(image, "disk", "host", false, true);
            return Backup.run(open, request, new Progress(), new Stop()).point();
        }
    }

    private List<Point> points() throws IOException {
        try (Repository open = Images.open(repository, LockKind.READ)) {
            return open.points().list().points();
        }
    }

    private void remove(Point... points) throws IOException {
        Set<String> going = Stream.of(points).map(Point::id).collect(Collectors.toSet());
        try (Repository open = Images.open(repository, LockKind.EXCLUSIVE)) {
            PrunePlan plan = PrunePlan.of(open.points().list(), going, point -> true, Optional.empty());
            Prune.prepare(open, plan, 0).run(new Progress(), new Stop());
        }
    }

    @Test
    void shouldRemoveAPoint() throws IOException {
        remove(first);
        assertEquals(List.of(second), points());
    }

    @Test
    void shouldRemoveWhatNoRuleKeepsAndWhatIsNamed() throws IOException {
        Point third = backUp(directory.resolve("image"));
        Retention lastOne = new Retention(1, 0, 0, 0, ZoneOffset.UTC);
        try (Repository open = Images.open(repository, LockKind.READ)) {
            Points.Listing all = open.points().list();

            PrunePlan plan = PrunePlan.of(all, Set.of(third.id()), point -> true, Optional.of(lastOne));

            assertEquals(Map.of(second, List.of("last")), plan.kept());
            assertEquals(List.of(first.id(), third.id()), plan.removedIds());
            assertEquals(
                    List.of(third.id()),
                    PrunePlan.of(all, Set.of(third.id()), point -> false, Optional.of(lastOne))
                            .removedIds());
        }
    }

    @Test
    void shouldGiveUpAPointThatCannotBeRead() throws IOException {
        Files.write(repository.resolve("points").resolve(second.id()), new byte[] {1}, APPEND);
        remove(second);
        assertEquals(List.of(first), points());
    }

    @Test
    void shouldGiveUpAPointThatLacksChunks() throws IOException {
        Path packs = repository.resolve("packs");
        List<Path> before = files(packs);
        byte[] other = new byte[SIZE];
        new Random(SEED + 1).nextBytes(other);
        Point third = backUp(Files.write(directory.resolve("other"), other));
        before.forEach(PruneTest::delete);

        assertThrows(DamagedException.class, () -> remove(first));
        remove(first, second);

        assertEquals(List.of(third), points());
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void shouldRemoveNothingWhereWhatStaysIsDamaged() throws IOException {
        Path packs = repository.resolve("packs");
        List<Path> before = files(packs);
        for (Path pack : before) {
            damage(pack);
        }
        assertThrows(DamagedException.class, () -> remove(first));
        assertEquals(List.of(first, second), points());
        assertTrue(files(packs).containsAll(before));
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    /** All chunks, and not the directory behind them. */
    private static void damage(Path pack) throws IOException {
        byte[] content = Files.readAllBytes(pack);
        for (int at = 100; at < content.length - 2000; at += 1000) {
            content[at] ^= 1;
        }
        Files.write(pack, content);
    }
}
