package org.dmuser.cli.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.dmuser.cli.base.JsonObject;
import org.dmuser.shim.target.log.LogEntry;
import org.dmuser.shim.target.log.LogFile.Numbered;

/** Entries as lines, and as JSON. */
final class EntryText {
    static final String HEADING = "     entry      sector     sectors  flags";

    private static final Map<Long, String> FLAGS = new TreeMap<>(Map.of(
            LogEntry.FLUSH, "flush",
            LogEntry.FUA, "fua",
            LogEntry.DISCARD, "discard",
            LogEntry.MARK, "mark",
            LogEntry.METADATA, "metadata"));

    private EntryText() {}

    static String line(Numbered numbered) {
        LogEntry entry = numbered.entry();
        List<String> flags = flags(entry);
        return "%10d  %10d  %10d  %s%s"
                .formatted(
                        numbered.number(),
                        sector(entry),
                        entry.sectors(),
                        flags.isEmpty() ? "-" : String.join(",", flags),
                        entry.has(LogEntry.MARK) ? " " + printable(numbered.text()) : "");
    }

    static JsonObject json(Numbered numbered) {
        LogEntry entry = numbered.entry();
        JsonObject object = new JsonObject()
                .put("entry", numbered.number())
                .put("sector", sector(entry))
                .put("sectors", entry.sectors())
                .putStrings("flags", flags(entry));
        return entry.has(LogEntry.MARK) ? object.put("text", numbered.text()) : object;
    }

    /** That of a flush means nothing: the kernel's is any number. */
    private static long sector(LogEntry entry) {
        return entry.sectors() == 0 ? 0 : entry.sector();
    }

    /** Names of the flags; those without a name are one number. */
    static List<String> flags(LogEntry entry) {
        List<String> names = new ArrayList<>();
        long unknown = entry.flags();
        for (Map.Entry<Long, String> flag : FLAGS.entrySet()) {
            if (entry.has(flag.getKey())) {
                names.add(flag.getValue());
                unknown &= ~flag.getKey();
            }
        }
        if (unknown != 0) {
            names.add("0x" + Long.toHexString(unknown));
        }
        return names;
    }

    /** A mark may be anything, also what would do things to a terminal. */
    static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
