package org.dmuser.cli.replay;

import java.io.IOException;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.dmuser.cli.base.CliException;
import org.dmuser.shim.target.log.LogEntry;
import org.dmuser.shim.target.log.LogFile;
import org.dmuser.shim.target.log.LogFile.Numbered;
import picocli.CommandLine.Option;

/** Which entries are meant, all of them if nothing is said. */
final class RangeOptions {
    /** What {@code --to-next} looks for. */
    enum Next {
        FLUSH(LogEntry.FLUSH),
        FUA(LogEntry.FUA),
        MARK(LogEntry.MARK);

        private final long flag;

        Next(long flag) {
            this.flag = flag;
        }
    }

    /**
     * The entries.
     *
     * @param first the number of the first one; that behind {@code last} if there are none
     */
    record Range(long first, long last, LogStatistics statistics) {}

    @Option(names = "--from", paramLabel = "N", description = "Begins with entry N; the first one is 0.")
    private Long from;

    @Option(names = "--from-mark", paramLabel = "TEXT", description = "Begins behind the first mark TEXT.")
    private String fromMark;

    @Option(names = "--to", paramLabel = "N", description = "Ends with entry N.")
    private Long to;

    @Option(names = "--to-mark", paramLabel = "TEXT", description = "Ends with the first mark TEXT from there on.")
    private String toMark;

    @Option(
            names = "--to-next",
            paramLabel = "KIND",
            description = "Ends with the next flush, fua or mark from there on.")
    private Next toNext;

    /** Whether the last entry is to be looked for, rather than known by its number. */
    boolean isSearch() {
        return toMark != null || toNext != null;
    }

    /** @throws CliException if two of them say where it begins, or where it ends */
    void requireSense() {
        if (from != null && fromMark != null) {
            throw CliException.usage("--from and --from-mark exclude each other");
        }
        if (Stream.of(to, toMark, toNext).filter(Objects::nonNull).count() > 1) {
            throw CliException.usage("--to, --to-mark and --to-next exclude each other");
        }
    }

    /**
     * Walks through the log, to the last one at most.
     *
     * @throws IOException with words for the user if the log is damaged
     * @throws CliException if there is no such entry
     */
    Range find(LogFile log) throws IOException {
        LogStatistics statistics = new LogStatistics(log.superblock().sectorSize());
        log.rewind();
        long first = first(log);
        long last = first - 1;
        boolean found = false;
        Numbered entry = log.next();
        while (entry != null && !found) {
            if (entry.number() >= first) {
                statistics.add(entry);
                last = entry.number();
                found = isLast(entry);
            }
            entry = found ? null : log.next();
        }
        if (!found) {
            requireNoEnd(log, first);
        }
        return new Range(first, last, statistics);
    }

    /** Where they begin; the log is there, or before it. */
    private long first(LogFile log) throws IOException {
        if (fromMark == null) {
            return from == null ? 0 : checked("--from", from, log);
        }
        for (Numbered entry = log.next(); entry != null; entry = log.next()) {
            if (isMark(entry, fromMark)) {
                return entry.number() + 1;
            }
        }
        throw new CliException(
                log.path() + " has no mark '" + fromMark + "': 'dmuser replay-log " + log.path() + "' lists its marks");
    }

    private static long checked(String option, long number, LogFile log) {
        long entries = log.superblock().entries();
        if (number < 0 || number >= entries) {
            throw CliException.usage(option + " " + number + " is no entry of " + log.path() + ": it has " + entries
                    + ", and the first one is 0");
        }
        return number;
    }

    private static boolean isMark(Numbered entry, String text) {
        return entry.entry().has(LogEntry.MARK) && entry.text().equals(text);
    }

    private boolean isLast(Numbered entry) {
        return to != null && entry.number() == to
                || toMark != null && isMark(entry, toMark)
                || toNext != null && entry.entry().has(toNext.flag);
    }

    /** They go on to the end of the log: an error if that is not what was asked for. */
    private void requireNoEnd(LogFile log, long first) {
        String wanted = toMark != null ? "mark '" + toMark + "'" : "";
        wanted = toNext != null ? toNext.name().toLowerCase(Locale.ROOT) : wanted;
        if (!wanted.isEmpty()) {
            throw new CliException(log.path() + " has no " + wanted + " from entry " + first + " on");
        }
        if (to != null && checked("--to", to, log) < first) {
            throw CliException.usage("--to " + to + " is before the first entry, " + first);
        }
    }
}
