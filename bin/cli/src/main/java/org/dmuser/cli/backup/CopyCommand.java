package org.dmuser.cli.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
import org.dmuser.examples.backup.work.Copy;

/** {@code dmuser backup copy}. */
final class CopyCommand extends RepositoryCommand {
    private final Value<String> sink = grammar.word(String.class, "REPO2", "The repository to copy to.");

    private final Value<List<String>> wanted = grammar.list(
            "--point", "POINT", "Copies only this one: an id, the beginning of that, or 'latest'. May be repeated.");

    private final Value<Path> passphraseFile = grammar.option(
            Path.class,
            "--to-passphrase-file",
            "FILE",
            "REPO2's passphrase is the first line of FILE. Otherwise it is what DMUSER_TO_PASSPHRASE"
                    + " says, or asked for on a terminal.");

    private final Value<Path> keyFile = grammar.option(Path.class, "--to-key-file", "FILE", "REPO2's key file.");

    private final Value<Boolean> json = grammar.flag("--json", "Prints the result as JSON.");

    private final WorkOptions options = new WorkOptions(grammar);

    CopyCommand() {
        super(
                "Copies restore points to another repository.",
                "",
                "Points keep their ids, and those that are there already are left alone. The other repository has"
                        + " been made with 'init' and may be encrypted in another way.",
                "  dmuser backup copy /backup 's3://bucket/disks?endpoint=http://127.0.0.1:9000'",
                "  dmuser backup copy /backup /mnt/usb --point latest \\",
                "    --to-passphrase-file usb.pass");
    }

    @Override
    int run() throws IOException {
        requireWritten("REPO2", sink.get());
        KeyChoice sinkKey = new KeyChoice(passphraseFile.get(), keyFile.get(), "to-");
        try (Repository from = open(LockKind.READ, OptionalLong.empty());
                Repository to = open(sink.get(), sinkKey, LockKind.WRITE, options.limit())) {
            if (from.id().equals(to.id())) {
                throw CliException.usage(url() + " and " + sink.get() + " are the same repository");
            }
            List<DamagedException> unreadable = new ArrayList<>();
            List<Point> points = points(from.points(), unreadable);
            Copy.Result result = work(
                    options,
                    "points copied until now are complete; run the command again to go on",
                    (progress, stop) -> Copy.run(from, to, points, progress, stop));
            report(result);
            sayDamagedIndex(from);
            sayNewIndex(to);
            unreadable.forEach(damaged -> Console.error(damaged.getMessage() + "; not copied"));
            return result.damages().isEmpty() && unreadable.isEmpty() ? 0 : CliException.DAMAGED;
        }
    }

    private List<Point> points(Points points, List<DamagedException> unreadable) throws IOException {
        if (wanted.get().isEmpty()) {
            Points.Listing listing = points.list();
            unreadable.addAll(listing.damaged().values());
            return listing.points();
        }
        List<Point> found = new ArrayList<>();
        for (String text : wanted.get()) {
            found.add(points.find(text));
        }
        return found.stream().distinct().toList();
    }

    private void report(Copy.Result result) {
        if (json.get()) {
            Console.println(new JsonObject()
                    .putStrings(
                            "copied", result.copied().stream().map(Point::id).toList())
                    .put("there_already", result.there())
                    .put("bytes_new", result.newBytes())
                    .putStrings(
                            "damages",
                            result.damages().stream().map(Object::toString).toList())
                    .toString());
        } else {
            Console.println(Amounts.count(result.copied().size(), "restore point", "restore points") + " copied, "
                    + result.there() + " there already, " + Amounts.bytes(result.newBytes())
                    + " added to " + sink.get());
        }
        result.damages().forEach(damage -> Console.error(damage.toString()));
    }
}
