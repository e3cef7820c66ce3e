package org.dmuser.cli.attach;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
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
    private static final String FORMAT = "%-20s %12s %12s %16s %16s %14s %14s%n";

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
        Console.print(FORMAT.formatted(
                "Channel", "Requests", "Answers", "Bytes written", "Bytes read", "Daemon sleeps", "Service sleeps"));
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
        return new JsonObject()
                .put("channel", file.getFileName().toString())
                .put("requests", stat.counters().get(ChannelCounter.REQUESTS))
                .put("answers", stat.counters().get(ChannelCounter.RESPONSES))
                .put("bytesWritten", stat.counters().get(ChannelCounter.BYTES_WRITTEN))
                .put("bytesRead", stat.counters().get(ChannelCounter.BYTES_READ))
                .put("daemonSleeps", stat.counters().get(ChannelCounter.DAEMON_SLEEPS))
                .put("serviceSleeps", stat.counters().get(ChannelCounter.SERVICE_SLEEPS))
                .putStrings("errors", stat.errors());
    }

    private static void print(Path file, ChannelStat stat) {
        Console.print(FORMAT.formatted(
                file.getFileName(),
                stat.counters().get(ChannelCounter.REQUESTS),
                stat.counters().get(ChannelCounter.RESPONSES),
                stat.counters().get(ChannelCounter.BYTES_WRITTEN),
                stat.counters().get(ChannelCounter.BYTES_READ),
                stat.counters().get(ChannelCounter.DAEMON_SLEEPS),
                stat.counters().get(ChannelCounter.SERVICE_SLEEPS)));
        stat.errors().forEach(error -> Console.println("    noted: " + error));
    }
}
