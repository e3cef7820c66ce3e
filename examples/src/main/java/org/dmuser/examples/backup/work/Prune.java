package org.dmuser.examples.backup.work;

import java.io.IOException;
import java.util.List;
import org.dmuser.examples.backup.repository.Repository;
import org.dmuser.examples.backup.repository.Sweep;

/**
 * Removes restore points, and what only they needed.
 *
 * <p>What stays of packs with much waste is written anew first: whatever of it is damaged is found before anything has
 * been removed. Then the points go, and from then on nothing refers to what goes after them. What is broken off in
 * between leaves room taken that the next prune gives back.
 */
public final class Prune {
    private final Repository repository;
    private final List<String> removed;
    private final Sweep sweep;

    private Prune(Repository repository, List<String> removed, Sweep sweep) {
        this.repository = repository;
        this.removed = removed;
        this.sweep = sweep;
    }

    /**
     * Finds out what can go. Nothing is removed yet.
     *
     * @param repository locked for nobody else
     * @param plan for all points there are
     * @param wastePercentMax packs of which more than this is not needed are written anew without it
     * @throws org.dmuser.examples.backup.repository.format.DamagedException if something that stays is not whole
     */
    public static Prune prepare(Repository repository, PrunePlan plan, int wastePercentMax) throws IOException {
        return new Prune(
                repository, plan.removedIds(), repository.sweep(plan.kept().keySet(), wastePercentMax));
    }

    /** Bytes that become free. */
    public long freedBytes() {
        return sweep.freedBytes();
    }

    /**
     * Removes it; it is gone when this returns.
     *
     * @throws org.dmuser.examples.backup.repository.format.DamagedException if something that stays cannot be read;
     *     then nothing has been removed
     */
    public void run(Progress progress, Stop stop) throws IOException {
        Step step = new Step(progress, stop);
        sweep.rewrite(step);
        for (String point : removed) {
            stop.check();
            repository.points().delete(point);
        }
        sweep.remove(step);
    }

    /** Looks for a stop between two chunks, and between two packs that are deleted. */
    private static final class Step implements Sweep.Progress {
        private final Progress progress;
        private final Stop stop;
        private boolean hasBegun;
        private long before;

        Step(Progress progress, Stop stop) {
            this.progress = progress;
            this.stop = stop;
        }

        @Override
        public void at(long bytes, long ofBytes) throws IOException {
            if (!hasBegun) {
                progress.begin("rewriting packs", ofBytes);
                hasBegun = true;
            }
            progress.add(bytes - before);
            before = bytes;
            stop.check();
        }
    }
}
