package org.dmuser.cli.attach;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.dmuser.channel.ChannelCounter;
import org.dmuser.channel.ChannelStat;
import org.dmuser.channel.Seats;
import org.dmuser.cli.base.Console;
import org.dmuser.cli.base.DmuserCommand;
import org.dmuser.cli.base.Grammar.Value;
import org.dmuser.cli.base.JsonObject;
import org.dmuser.shim.service.Problems;

/** {@code dmuser channels}: reads the files, and so works even where neither service nor daemon answers. */
public final class ChannelsCommand extends DmuserCommand {
    /** A counter, and what it is called. */
    private record Column(String heading, String key, ChannelCounter counter) {}

    private static final List<Column> COLUMNS = List.of(
            new Column("Requests", "requests", ChannelCounter.REQUESTS),
            new Column("Answers", "answers", ChannelCounter.RESPONSES),
            new Column("Bytes written", "bytesWritten", ChannelCounter.BYTES_WRITTEN),
            new Column("Bytes read", "bytesRead", ChannelCounter.BYTES_READ),
            new Column("Daemon sleeps", "daemonSleeps", ChannelCounter.DAEMON_SLEEPS),
            new Column("Service sleeps", "serviceSleeps", ChannelCounter.SERVICE_SLEEPS));

    private final Value<Boolean> json = grammar.flag("--json", "Prints a JSON array of objects.");

    public ChannelsCommand() {
        super("Shows the channels of attached daemons: what has gone through them, how often each side went to sleep"
                + " for want of work, and the errors the daemons have noted.");
    }

    @Override
    public Integer call() throws IOException {
        List<Path> files = files(runDirectory().channel());
        if (json.get()) {
            List<JsonObject> objects = new ArrayList<>();
            files.forEach(file -> read(file).ifPresent(stat -> objects.add(json(file, stat))));
            Console.println(JsonObject.array(objects));
            return 0;
        }
        if (files.isEmpty()) {
            Console.println("No channels found");
            return 0;
        }
        Console.println(line("Channel", Column::heading));
        files.forEach(file -> read(file).ifPresent(stat -> print(file, stat)));
        return 0;
    }

    private static List<Path> files(Path directory) throws IOException {
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
                for (Path entry : entries) {
                    if (!entry.endsWith(Seats.FILE_NAME)) {
                        files.add(entry);
                    }
                }
            }
        }
        Collections.sort(files);
        return files;
    }

    private static Optional<ChannelStat> read(Path file) {
        try {
            return Optional.of(ChannelStat.read(file));
        } catch (IOException e) {
            // It ended since the directory was read, or is no channel.
            Console.error(Problems.describe(e));
            return Optional.empty();
        }
    }

    private static JsonObject json(Path file, ChannelStat stat) {
        JsonObject object = new JsonObject().put("channel", file.getFileName().toString());
        COLUMNS.forEach(column -> object.put(column.key(), stat.counters().get(column.counter())));
        return object.putStrings("errors", stat.errors());
    }

    private static void print(Path file, ChannelStat stat) {
        Console.println(line(file.getFileName(), column -> stat.counters().get(column.counter())));
        stat.errors().forEach(error -> Console.println("    noted: " + error));
    }

    private static String line(Object channel, Function<Column, Object> content) {
        StringBuilder line = new StringBuilder("%-20s".formatted(channel));
        COLUMNS.forEach(column -> line.append(" %16s".formatted(content.apply(column))));
        return line.toString();
    }
}
