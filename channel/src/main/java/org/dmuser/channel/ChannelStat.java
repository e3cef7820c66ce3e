package org.dmuser.channel;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.errors.ErrorLogReader;

/**
 * What a memory channel's file says to somebody who is neither its service nor its daemon.
 *
 * @param counters a moment's values, not all of the same moment
 * @param errors what the daemon has noted, a line each
 */
public record ChannelStat(Map<ChannelCounter, Long> counters, List<String> errors) {
    /**
     * Reads a channel's file, which goes on being used meanwhile.
     *
     * @throws IOException if it is gone, or is no channel of this version
     */
    public static ChannelStat read(Path path) throws IOException {
        ChannelFile file = ChannelFile.map(path);
        file.verify(path);
        Map<ChannelCounter, Long> counters = new EnumMap<>(ChannelCounter.class);
        for (ChannelCounter counter : ChannelCounter.values()) {
            counters.put(counter, file.counted(counter));
        }
        return new ChannelStat(counters, errors(file));
    }

    /** What its daemon has noted; the daemon may have written anything there. */
    static List<String> errors(ChannelFile file) {
        List<String> lines = new ArrayList<>();
        try {
            ErrorLogReader.read(
                    file.errorLog(), (count, firstMs, lastMs, text) -> lines.add(firstLine(text) + times(count)));
        } catch (RuntimeException e) {
            lines.add("the error log cannot be read: " + e.getMessage());
        }
        return lines;
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    private static String times(int count) {
        return count == 1 ? "" : " (" + count + " times)";
    }
}
