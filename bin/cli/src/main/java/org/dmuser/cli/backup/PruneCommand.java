package org.dmuser.cli.backup;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.dmuser.cli.base.Amounts;
import org.dmuser.cli.base.CliException;
import org.dmuser.cli.base.Console;
import org.dmuser.cli.base.Grammar.Value;
import org.dmuser.cli.base.JsonObject;
import org.dmuser.examples.backup.repository.LockKind;
import org.dmuser.examples.backup.repository.Point;
import org.dmuser.examples.backup.repository.Points;
import org.dmuser.examples.backup.repository.Repository;
import org.dmuser.examples.backup.repository.format.DamagedException;
import org.dmuser.examples.backup.work.Prune;
import org.dmuser.examples.backup.work.PrunePlan;
import org.dmuser.examples.backup.work.Retention;

/** {@code dmuser backup prune}. */
final class PruneCommand extends RepositoryCommand {
    private final Value<Integer> last = grammar.option(int.class, "--keep-last", "N", "Keeps the N newest.");

    private final Value<Integer> daily =
            grammar.option(int.class, "--keep-daily", "N", "Keeps the newest of each of N days.");

    private final Value<Integer> weekly = grammar.option(
            int.class, "--keep-weekly", "N", "Keeps the newest of each of N weeks, which begin on Mondays.");

    private final Value<Integer> monthly =
            grammar.option(int.class, "--keep-monthly", "N", "Keeps the newest of each of N months.");

    private final Value<String> zone = grammar.option(
            String.class,
            "--zone",
            "ZONE",
            "The time zone whose midnight ends a day: Europe/Berlin, UTC, +02:00. Unless given, that of"
                    + " this machine.");

    private final Value<String> name =
            grammar.option(String.class, "--name", "NAME", "Looks only at this device; points of others stay.");

    private final Value<List<String>> named = grammar.list(
            "--remove",
            "POINT",
            "Removes this one, whatever the rules say, even if it cannot be read: an id, the beginning of that, or"
                    + " 'latest'. May be repeated.");

    private final Value<Integer> maxWaste = grammar.option(
            int.class,
            "--max-waste",
            "PERCENT",
            "Packs of which more than this is not needed are written anew without it. Unless given, 20.",
            "20");

    private final Value<Boolean> dryRun = grammar.flag("--dry-run", "Says what would be removed, and removes nothing.");

    private final Value<Boolean> json = grammar.flag("--json", "Prints the result as JSON.");

    private final WorkOptions options = new WorkOptions(grammar);

    PruneCommand() {
        super(
                "Removes restore points that no rule keeps, and gives back the room that only they needed.",
                "",
                "The rules hold for each device by itself, and a point stays if any of them keeps it: the newest one"
                        + " of each of the last N days that have one, and so on. Without a rule all points stay, and"
                        + " only what backups that were broken off have left is removed. --remove names points"
                        + " that go, and the rules are for the others.",
                "  dmuser backup prune /backup --keep-daily 7 --keep-weekly 4 \\",
                "    --keep-monthly 12 --dry-run",
                "  dmuser backup prune /backup --keep-last 3 --name disk",
                "  dmuser backup prune /backup --remove 5f0c3a9b12de4471");
    }

    @Override
    int run() throws IOException {
        if (maxWaste.get() < 0 || maxWaste.get() > 100) {
            throw CliException.usage("--max-waste: " + maxWaste.get() + " is not between 0 and 100");
        }
        ZoneId where = zone();
        Optional<Retention> rules = rules(where);
        try (Repository repository = open(LockKind.EXCLUSIVE, options)) {
            PrunePlan plan = plan(repository.points(), rules);
            report(plan, prune(repository, plan));
            sayNewIndex(repository);
            return 0;
        }
    }

    /** Answers the bytes that become free. */
    private long prune(Repository repository, PrunePlan plan) throws IOException {
        try {
            Prune prune = Prune.prepare(repository, plan, maxWaste.get());
            if (!dryRun.get()) {
                work(options, "run the command again to go on", (progress, stop) -> {
                    prune.run(progress, stop);
                    return prune;
                });
            }
            return prune.freedBytes();
        } catch (DamagedException e) {
            throw new CliException(
                    CliException.DAMAGED,
                    e.getMessage() + "; nothing was removed. 'dmuser backup verify " + url()
                            + " --set-aside' takes damaged packs out of the way, and 'dmuser backup create " + url()
                            + " WHERE --full' stores again what a device still has of them; --remove POINT"
                            + " gives up a point that lacks the rest",
                    e);
        }
    }

    private Optional<Retention> rules(ZoneId where) {
        return Stream.of(last, daily, weekly, monthly).allMatch(rule -> rule.get() == null)
                ? Optional.empty()
                : Optional.of(new Retention(number(last), number(daily), number(weekly), number(monthly), where));
    }

    /** What a rule keeps; 0 without it. */
    private static int number(Value<Integer> rule) {
        if (rule.get() == null) {
            return 0;
        }
        if (rule.get() < 1) {
            throw CliException.usage(
                    "a rule keeps 1 or more, not " + rule.get() + "; leave out what is to keep nothing");
        }
        return rule.get();
    }

    private ZoneId zone() {
        try {
            return zone.get() == null ? ZoneId.systemDefault() : ZoneId.of(zone.get());
        } catch (DateTimeException e) {
            throw CliException.usage(
                    "--zone: '" + zone.get() + "' is not a time zone; write Europe/Berlin, UTC or +02:00");
        }
    }

    private PrunePlan plan(Points points, Optional<Retention> rules) throws IOException {
        Points.Listing all = points.list();
        Set<String> going = new HashSet<>();
        for (String text : named.get()) {
            going.add(points.id(all, text));
        }
        requireReadable(all, going);
        if (name.get() != null && all.points().stream().noneMatch(this::isNamed)) {
            throw new CliException("there is no restore point of a device '" + name.get() + "'");
        }
        return PrunePlan.of(all, going, this::isNamed, rules);
    }

    /** What a point needs that cannot be read would be taken for waste. */
    private static void requireReadable(Points.Listing all, Set<String> going) {
        all.damaged().forEach((id, damage) -> {
            if (!going.contains(id)) {
                throw new CliException(
                        CliException.DAMAGED,
                        damage.getMessage() + "; nothing is removed, because nobody can say what it needs; --remove "
                                + id + " gives it up",
                        damage);
            }
        });
    }

    private boolean isNamed(Point point) {
        return name.get() == null || point.volume().equals(name.get());
    }

    private void report(PrunePlan plan, long freedBytes) {
        if (json.get()) {
            Console.println(new JsonObject()
                    .put("dry_run", dryRun.get())
                    .putStrings(
                            "kept", plan.kept().keySet().stream().map(Point::id).toList())
                    .putStrings("removed", plan.removedIds())
                    .put("bytes_freed", freedBytes)
                    .toString());
            return;
        }
        plan.kept()
                .forEach((point, reasons) -> Console.println("keep    " + line(point)
                        + (reasons.isEmpty() ? "" : "  (" + String.join(", ", reasons) + ")")));
        plan.removed().forEach(point -> Console.println("remove  " + line(point)));
        plan.unreadable().forEach(id -> Console.println("remove  " + id + "  (cannot be read)"));
        Console.println(Amounts.count(plan.removedIds().size(), "restore point", "restore points")
                + (dryRun.get() ? " would be" : "") + " removed, " + Amounts.bytes(freedBytes)
                + (dryRun.get() ? " would become free" : " freed"));
    }

    private static String line(Point point) {
        return point.id() + "  " + PointText.time(point.time()) + "  " + point.volume();
    }
}
