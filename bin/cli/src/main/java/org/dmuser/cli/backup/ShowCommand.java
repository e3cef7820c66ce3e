package org.dmuser.cli.backup;

import java.io.IOException;
import java.util.OptionalLong;
import org.dmuser.cli.base.Amounts;
import org.dmuser.cli.base.Console;
import org.dmuser.cli.base.Grammar.Value;
import org.dmuser.cli.base.JsonObject;
import org.dmuser.examples.backup.repository.ChunkReader;
import org.dmuser.examples.backup.repository.LockKind;
import org.dmuser.examples.backup.repository.Point;
import org.dmuser.examples.backup.repository.Repository;
import org.dmuser.examples.backup.work.ImageUse;

/** {@code dmuser backup show}. */
final class ShowCommand extends RepositoryCommand {
    static final String POINT = "The restore point: its id, the beginning of that, or 'latest'.";

    private final Value<String> point = grammar.word(String.class, "POINT", POINT);

    private final Value<Boolean> json = grammar.flag("--json", "Prints a JSON object.");

    ShowCommand() {
        super(
                "Shows what is known of a restore point.",
                "",
                "  dmuser backup show /backup latest",
                "  dmuser backup show /backup 3f90 --json");
    }

    @Override
    int run() throws IOException {
        try (Repository repository = open(LockKind.READ, OptionalLong.empty());
                ChunkReader chunks = repository.reader()) {
            Point found = repository.points().find(point.get());
            ImageUse use = ImageUse.of(chunks, found);
            if (json.get()) {
                Console.println(json(found, use).toString());
            } else {
                print(found, use);
            }
            return 0;
        }
    }

    private static void print(Point point, ImageUse use) {
        line("point", point.id());
        line("time", PointText.time(point.time()));
        line("device", point.volume());
        line("host", point.host());
        line("size", Amounts.bytes(point.size()) + " (" + point.size() + ")");
        line(
                "data",
                Amounts.bytes(use.dataBytes()) + " in " + Amounts.count(use.chunks(), "chunk", "chunks")
                        + "; the rest is zeros");
        line("tracking", point.trackingId().isEmpty() ? "none" : point.trackingId());
        point.statistics()
                .forEach(
                        (name, value) -> line(name, name.endsWith("-bytes") ? Amounts.bytes(value) : value.toString()));
    }

    private static void line(String name, String value) {
        Console.println("%-12s  %s".formatted(name, value));
    }

    private static JsonObject json(Point point, ImageUse use) {
        JsonObject object = PointText.json(point)
                .put("bytes_data", use.dataBytes())
                .put("chunks", use.chunks())
                .put("tracking", point.trackingId());
        point.statistics().forEach((name, value) -> object.put(name.replace('-', '_'), value));
        return object;
    }
}
