package org.dmuser.cli.snapshot;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.dmuser.cli.base.Amounts;
import org.dmuser.cli.base.Console;
import org.dmuser.cli.base.Grammar.Value;
import org.dmuser.cli.base.JsonObject;
import org.dmuser.examples.snapshot.store.SnapshotInfo;

/** {@code dmuser snapshot list}. */
final class ListCommand extends StoreCommand {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

    private final Value<Boolean> json = grammar.flag("--json", "As a JSON array: name, created, ownBytes.");

    ListCommand() {
        super("Lists the snapshots, the oldest first: name, when it was made, and what deleting it would give back.");
    }

    @Override
    public Integer call() throws IOException {
        List<SnapshotInfo> snapshots = access().info().snapshots();
        if (json.get()) {
            Console.println(
                    JsonObject.array(snapshots.stream().map(ListCommand::object).toList()));
        } else {
            snapshots.forEach(snapshot -> Console.println(
                    "%-20s  %s  %s".formatted(snapshot.name(), time(snapshot), Amounts.bytes(snapshot.ownBytes()))));
        }
        return 0;
    }

    static JsonObject object(SnapshotInfo snapshot) {
        return new JsonObject()
                .put("name", snapshot.name())
                .put("created", Instant.ofEpochMilli(snapshot.createdMs()).toString())
                .put("ownBytes", snapshot.ownBytes());
    }

    private static String time(SnapshotInfo snapshot) {
        return TIME.format(Instant.ofEpochMilli(snapshot.createdMs()));
    }
}
