package org.dmuser.cli.attach;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.dmuser.channel.ChannelCounter;
import org.dmuser.channel.ChannelStat;
import org.dmuser.channel.Seats;
import org.dmuser.cli.base.Console;
import org.dmuser.cli.base.DmuserCommand;
import org.dmuser.shim.service.Problems;
import picocli.CommandLine.Command;

/** {@code dmuser channels}: reads the files, and so works even where neither service nor daemon answers. */
@Command(
        name = "channels",
        description = "Shows the channels of attached daemons: what has gone through them, how often each side went to"
                + " sleep for want of work, and the errors the daemons have noted.")
public final class ChannelsCommand extends DmuserCommand {
    private static final String FORMAT = "%-20s %12s %12s %16s %16s %14s %14s%n";

    @Override
    public Integer call() throws IOException {
        List<Path> files = files(runDirectory().channel());
        if (files.isEmpty()) {
            Console.println("No channels found");
            return 0;
        }
        Console.print(FORMAT.formatted(
                "Channel", "Requests", "Answers", "Bytes written", "Bytes read", "Daemon sleeps", "Service sleeps"));
        files.forEach(ChannelsCommand::print);
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

    private static void print(Path file) {
        try {
            ChannelStat stat = ChannelStat.read(file);
            Console.print(FORMAT.formatted(
                    file.getFileName(),
                    stat.counters().get(ChannelCounter.REQUESTS),
                    stat.counters().get(ChannelCounter.RESPONSES),
                    stat.counters().get(ChannelCounter.BYTES_WRITTEN),
                    stat.counters().get(ChannelCounter.BYTES_READ),
                    stat.counters().get(ChannelCounter.DAEMON_SLEEPS),
                    stat.counters().get(ChannelCounter.SERVICE_SLEEPS)));
            stat.errors().forEach(error -> Console.println("    noted: " + error));
        } catch (IOException e) {
            // It ended since the directory was read, or is no channel.
            Console.error(Problems.describe(e));
        }
    }
}
