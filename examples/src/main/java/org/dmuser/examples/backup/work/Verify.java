package org.dmuser.examples.backup.work;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.dmuser.examples.backup.repository.Point;
import org.dmuser.examples.backup.repository.Points;
import org.dmuser.examples.backup.repository.Repository;
import org.dmuser.examples.backup.repository.RepositoryCheck;
import org.dmuser.examples.backup.repository.SetAside;
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
     * @param setAside what became of packs with damage; empty unless that was asked for
     */
    public record Result(
            int packs, long packBytes, int points, List<String> findings, Optional<SetAside.Result> setAside) {}

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
            return new Verify(repository, check, depth, progress, stop).run(false);
        }
    }

    /**
     * Looks at everything, and then sets packs with damage aside, so that what they held can be stored again.
     *
     * @param repository locked for nobody else
     */
    public static Result runAndSetAside(
            Repository repository, RepositoryCheck.Depth depth, Progress progress, Stop stop) throws IOException {
        try (RepositoryCheck check = repository.check()) {
            return new Verify(repository, check, depth, progress, stop).run(true);
        }
    }

    private Result run(boolean setsAside) throws IOException {
        long bytes = check.packs().stream().mapToLong(StoredObject::size).sum();
        note(check.index());
        progress.begin("verifying packs", bytes);
        Workers.run("verify", this::checkPacks);
        Points.Listing listing = repository.points().list();
        note(listing.damaged().values());
        progress.begin(
                "verifying points",
                listing.points().stream().mapToLong(Point::size).sum());
        for (Point point : listing.points()) {
            stop.check();
            note(check.point(point));
            progress.add(point.size());
        }
        int points = listing.points().size() + listing.damaged().size();
        Optional<SetAside.Result> setAside = setsAside ? Optional.of(setAside()) : Optional.empty();
        return new Result(check.packs().size(), bytes, points, List.copyOf(findings), setAside);
    }

    private SetAside.Result setAside() throws IOException {
        try (SetAside aside = repository.setAside(check)) {
            progress.begin(
                    "setting packs aside",
                    aside.packs().stream().mapToLong(StoredObject::size).sum());
            for (StoredObject pack : aside.packs()) {
                stop.check();
                aside.rescue(pack);
                progress.add(pack.size());
            }
            return aside.finish();
        }
    }

    private void checkPacks(Workers.Others others) throws IOException {
        List<StoredObject> packs = check.packs();
        for (int i = next.getAndIncrement(); i < packs.size() && !others.haveFailed(); i = next.getAndIncrement()) {
            stop.check();
            note(check.pack(packs.get(i), depth));
            progress.add(packs.get(i).size());
        }
    }

    private void note(Collection<DamagedException> damages) {
        damages.forEach(damage -> findings.add(damage.getMessage()));
    }
}
