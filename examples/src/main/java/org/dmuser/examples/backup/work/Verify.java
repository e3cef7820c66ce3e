package org.dmuser.examples.backup.work;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.dmuser.examples.backup.repository.Point;
import org.dmuser.examples.backup.repository.Points;
import org.dmuser.examples.backup.repository.Repository;
import org.dmuser.examples.backup.repository.RepositoryCheck;
import org.dmuser.examples.backup.repository.format.DamagedException;
import org.dmuser.examples.backup.repository.storage.StoredObject;

/**
 * Looks for damage in a repository: in the index, in each pack, and then in what each restore point needs, so that a
 * damaged pack is told from a point that cannot be restored because of it.
 */
public final class Verify {
    /**
     * What came of it.
     *
     * @param packs looked at
     * @param packBytes in them
     * @param points looked at
     * @param findings what is damaged, a line each
     */
    public record Result(int packs, long packBytes, int points, List<String> findings) {}

    private final Repository repository;
    private final RepositoryCheck check;
    private final RepositoryCheck.Depth depth;
    private final Progress progress;
    private final Stop stop;
    private final List<String> findings = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger next = new AtomicInteger();

    private Verify(
            Repository repository, RepositoryCheck check, RepositoryCheck.Depth depth, Progress progress, Stop stop) {
        this.repository = repository;
        this.check = check;
        this.depth = depth;
        this.progress = progress;
        this.stop = stop;
    }

    /**
     * Looks at everything.
     *
     * @param repository locked for reading
     */
    public static Result run(Repository repository, RepositoryCheck.Depth depth, Progress progress, Stop stop)
            throws IOException {
        try (RepositoryCheck check = repository.check()) {
            return new Verify(repository, check, depth, progress, stop).run();
        }
    }

    private Result run() throws IOException {
        long bytes = check.packs().stream().mapToLong(StoredObject::size).sum();
        note(check.index());
        progress.begin("verifying packs", bytes);
        Workers.run("verify", this::checkPacks);
        Points.Listing listing = repository.points().list();
        note(listing.damaged());
        progress.begin(
                "verifying points",
                listing.points().stream().mapToLong(Point::size).sum());
        for (Point point : listing.points()) {
            stop.check();
            note(check.point(point));
            progress.add(point.size());
        }
        int points = listing.points().size() + listing.damaged().size();
        return new Result(check.packs().size(), bytes, points, List.copyOf(findings));
    }

    private void checkPacks(Workers.Others others) throws IOException {
        List<StoredObject> packs = check.packs();
        for (int i = next.getAndIncrement(); i < packs.size() && !others.haveFailed(); i = next.getAndIncrement()) {
            stop.check();
            note(check.pack(packs.get(i), depth));
            progress.add(packs.get(i).size());
        }
    }

    private void note(List<DamagedException> damages) {
        damages.forEach(damage -> findings.add(damage.getMessage()));
    }
}
