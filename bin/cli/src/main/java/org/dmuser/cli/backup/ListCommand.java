package org.dmuser.cli.backup;

import java.io.IOException;
import java.util.OptionalLong;
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

/** {@code dmuser backup list}. */
final class ListCommand extends RepositoryCommand {
    private final Value<Boolean> json = grammar.flag("--json", "Prints a JSON array of objects.");

    ListCommand() {
        super(
                "Lists the restore points, the oldest first: id, time, size, what it added, device.",
                "",
                "  dmuser backup list /backup",
                "  dmuser backup list /backup --json");
    }

    @Override
    int run() throws IOException {
        try (Repository repository = open(LockKind.READ, OptionalLong.empty())) {
            Points.Listing listing = repository.points().list();
            if (json.get()) {
                Console.println(JsonObject.array(
                        listing.points().stream().map(ListCommand::json).toList()));
            } else {
                listing.points().forEach(ListCommand::print);
            }
            for (DamagedException damaged : listing.damaged().values()) {
                Console.error(damaged.getMessage());
            }
            return listing.damaged().isEmpty() ? 0 : CliException.DAMAGED;
        }
    }

    private static void print(Point point) {
        Console.println("%s  %s  %10s  %10s  %s"
                .formatted(
                        point.id(),
                        PointText.time(point.time()),
                        Amounts.bytes(point.size()),
                        Amounts.bytes(point.statistics().getOrDefault("new-bytes", 0L)),
                        point.volume()));
    }

    private static JsonObject json(Point point) {
        return PointText.json(point).put("bytes_new", point.statistics().getOrDefault("new-bytes", 0L));
    }
}
