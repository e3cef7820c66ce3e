package org.dmuser.cli.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dmuser.cli.base.Amounts;
import org.dmuser.cli.base.Console;
import org.dmuser.cli.base.Grammar.Value;
import org.dmuser.cli.base.JsonObject;
import org.dmuser.examples.backup.repository.LockKind;
import org.dmuser.examples.backup.repository.Repository;
import org.dmuser.examples.backup.work.Backup;

/** {@code dmuser backup create}. */
final class CreateCommand extends RepositoryCommand {
    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

    /** What people append to the name of a device. */
    private static final String TRACKING = ".tracking";

    private final Value<String> where = grammar.word(
            String.class,
            "WHERE",
            "The device's name in the service; or, with a '/' in it, its tracking file, an image or a"
                    + " block device.");

    private final Value<String> name = grammar.option(
            String.class,
            "--name",
            "NAME",
            "What the device is called in the repository. Unless given, WHERE without directories and"
                    + " without .tracking at its end.");

    private final Value<Boolean> full = grammar.flag(
            "--full",
            "Reads all of the device, whatever is known to be unchanged. What the repository has of it is not"
                    + " looked at: 'verify' does that.");

    private final Value<Boolean> json = grammar.flag("--json", "Prints the result as JSON.");

    private final WorkOptions options = new WorkOptions(grammar);

    CreateCommand() {
        super(
                "Makes a restore point of a device as it is at this moment, while it goes on being used.",
                "",
                "The first one reads all of the device, and those after it what has changed, of which the handler"
                        + " 'backup' takes note. Where it cannot know that, or where nothing does, all of it is"
                        + " compared, and a line says why. What the repository has is not stored again.",
                "Ctrl-C ends it; what was stored until then need not be stored by the next one. An image that is no"
                        + " tracked device must not be written to meanwhile.",
                "  dmuser backup create /backup disk",
                "  dmuser backup create /backup ./disk.tracking --name disk --limit 50M",
                "  dmuser backup create /backup /var/lib/images/vm.img");
    }

    @Override
    int run() throws IOException {
        requireWritten("WHERE", where.get());
        Path data = handlerData(where.get());
        TrackedData.requireNoStore(where.get(), data);
        Backup.Request request = new Backup.Request(data, volume(), hostName(), full.get(), options.nice() > 0);
        long startNs = System.nanoTime();
        try (Repository repository = open(LockKind.WRITE, options)) {
            Backup.Result result = work(
                    options,
                    "no restore point was made; what was stored until now need not be stored again",
                    (progress, stop) -> Backup.run(repository, request, progress, stop));
            double seconds = (System.nanoTime() - startNs) / 1e9;
            if (json.get()) {
                Console.println(json(result, seconds).toString());
            } else {
                print(result, seconds);
            }
            sayNewIndex(repository);
            return 0;
        }
    }

    private String volume() {
        if (name.get() != null) {
            return name.get();
        }
        Path last = Path.of(where.get()).getFileName();
        String file = last == null ? where.get() : last.toString();
        return file.endsWith(TRACKING) && !file.equals(TRACKING)
                ? file.substring(0, file.length() - TRACKING.length())
                : file;
    }

    private static String hostName() throws IOException {
        return Files.readString(HOST_NAME).strip();
    }

    private void print(Backup.Result result, double seconds) {
        if (!result.whyFull().isEmpty()) {
            Console.println("full comparison: " + result.whyFull());
        }
        Console.println("restore point " + result.point().id() + " of "
                + result.point().volume() + ", " + Amounts.bytes(result.point().size()) + ": "
                + Amounts.bytes(result.readBytes()) + " read, " + Amounts.bytes(result.newBytes())
                + " added to the repository, " + Amounts.decimal(seconds, 1) + " s");
        if (full.get()) {
            Console.println("what the repository had already was not stored again, nor looked at: 'dmuser backup"
                    + " verify " + url() + "' does that");
        }
    }

    private static JsonObject json(Backup.Result result, double seconds) {
        JsonObject object = PointText.json(result.point());
        result.base().ifPresent(base -> object.put("base", base.id()));
        if (!result.whyFull().isEmpty()) {
            object.put("full_because", result.whyFull());
        }
        return object.put("bytes_read", result.readBytes())
                .put("bytes_new", result.newBytes())
                .put("chunks_new", result.newChunks())
                .put("milliseconds", (long) (seconds * 1000));
    }
}
