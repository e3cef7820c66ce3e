package org.dmuser.cli.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.dmuser.cli.base.Amounts;
import org.dmuser.cli.base.CliException;
import org.dmuser.cli.base.Console;
import org.dmuser.cli.base.DmuserCommand;
import org.dmuser.cli.base.Grammar.Value;
import org.dmuser.cli.base.JsonObject;
import org.dmuser.examples.backup.moment.DeviceUse;
import org.dmuser.examples.backup.moment.FrozenDevices;
import org.dmuser.examples.backup.tracking.TrackingView;

/** {@code dmuser backup status}: reads the tracking file, and so works whether or not the daemon runs. */
final class StatusCommand extends DmuserCommand {
    private static final int LAST_MAX = 4096;

    private final Value<String> where = grammar.word(
            String.class, "WHERE", "The device's name in the service; or, with a '/' in it, its tracking file.");

    private final Value<Integer> last = grammar.option(
            int.class, "--last", "N", "How many moments, the newest first: 0 to 4096, and 5 unless given.", "5");

    private final Value<Boolean> json = grammar.flag("--json", "Prints a JSON object.");

    StatusCommand() {
        super(
                "Shows what the handler 'backup' knows of a device: whether it is served, and how much has changed"
                        + " since the last moments at which backups were made.",
                "",
                "A moment shows up whether or not its backup was completed. Changes are counted in blocks of 64 KiB.",
                "Marked regions, of 16 MiB each, are those that would count as changed as a whole after a loss of"
                        + " power.",
                "  dmuser backup status disk",
                "  dmuser backup status ./disk.tracking --last 3 --json");
    }

    @Override
    public Integer call() throws IOException {
        if (last.get() < 0 || last.get() > LAST_MAX) {
            throw CliException.usage("--last " + last.get() + " is out of range; write 0 to " + LAST_MAX);
        }
        Path path = handlerData(where.get());
        TrackedData.requireNoStore(where.get(), path);
        TrackingView view = Files.isRegularFile(path)
                ? TrackingView.open(path).orElseThrow(() -> new CliException(path + " is no tracking file"))
                : missing(path);
        DeviceUse use = DeviceUse.of(view);
        if (json.get()) {
            Console.println(json(view, use).toString());
        } else {
            print(view, use);
        }
        FrozenDevices.giveBackMemory();
        return 0;
    }

    private static TrackingView missing(Path path) {
        throw new CliException(
                Files.exists(path) ? path + " is no tracking file" : "tracking file " + path + " does not exist");
    }

    private void print(TrackingView view, DeviceUse use) throws IOException {
        Console.println("tracking file    " + view.path());
        Console.println("origin           " + view.originPath() + ", " + Amounts.bytes(view.size()));
        Console.println("tracking id      " + view.trackingId());
        Console.println("era              " + view.era());
        Console.println("state            " + text(use));
        Console.println("marked regions   " + view.markedRegions() + " of " + view.regions());
        for (TrackingView.Since since : view.last(last.get())) {
            Console.println("changed since    %s (era %d): %s"
                    .formatted(PointText.time(since.time()), since.point().era(), Amounts.bytes(since.changed())));
        }
    }

    private static String text(DeviceUse use) {
        return switch (use) {
            case NOT_SERVED -> "not served";
            case NOT_CLOSED -> "not served; its daemon has died, or a backup without a daemon reads it";
            case SERVED -> "served";
            case FROZEN -> "served; a backup is under way";
        };
    }

    private JsonObject json(TrackingView view, DeviceUse use) throws IOException {
        List<JsonObject> moments =
                view.last(last.get()).stream().map(StatusCommand::json).toList();
        return new JsonObject()
                .put("tracking_file", view.path().toString())
                .put("origin", view.originPath().toString())
                .put("size", view.size())
                .put("tracking_id", view.trackingId().toString())
                .put("era", view.era())
                .put("served", use == DeviceUse.SERVED || use == DeviceUse.FROZEN)
                .put("moment_open", use == DeviceUse.FROZEN)
                .put("closed_well", use != DeviceUse.NOT_CLOSED)
                .put("regions", view.regions())
                .put("regions_marked", view.markedRegions())
                .put("moments", moments);
    }

    private static JsonObject json(TrackingView.Since since) {
        return new JsonObject()
                .put("era", since.point().era())
                .put("time", since.time().toString())
                .put("bytes_changed", since.changed());
    }
}
