package org.dmuser.cli.replay;

import java.io.IOException;
import java.util.Locale;
import java.util.stream.Stream;
import org.dmuser.cli.base.CliException;
import org.dmuser.cli.base.Grammar;
import org.dmuser.cli.base.Grammar.Value;
import org.dmuser.shim.target.log.LogEntry;
import org.dmuser.shim.target.log.LogFile;
import org.dmuser.shim.target.log.LogFile.Numbered;

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

    private final Value<Long> from;
    private final Value<String> fromMark;
    private final Value<Long> to;
    private final Value<String> toMark;
    private final Value<Next> toNext;

    /** Adds them to those of a command. */
    RangeOptions(Grammar grammar) {
        from = grammar.option(Long.class, "--from", "N", "Begins with entry N; the first one is 0.");
        fromMark = grammar.option(String.class, "--from-mark", "TEXT", "Begins behind the first mark TEXT.");
        to = grammar.option(Long.class, "--to", "N", "Ends with entry N.");
        toMark = grammar.option(String.class, "--to-mark", "TEXT", "Ends with the first mark TEXT from there on.");
        toNext =
                grammar.option(Next.class, "--to-next", "KIND", "Ends with the next flush, fua or mark from there on.");
    }

    /** Whether the last entry is to be looked for, rather than known by its number. */
    boolean isSearch() {
        return toMark.get() != null || toNext.get() != null;
    }

    /** @throws CliException if two of them say where it begins, or where it ends */
    void requireSense() {
        if (from.get() != null && fromMark.get() != null) {
            throw CliException.usage("--from and --from-mark exclude each other");
        }
        if (Stream.of(to, toMark, toNext).filter(end -> end.get() != null).count() > 1) {
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
        String mark = fromMark.get();
        if (mark == null) {
            return from.get() == null ? 0 : checked("--from", from.get(), log);
        }
        for (Numbered entry = log.next(); entry != null; entry = log.next()) {
            if (isMark(entry, mark)) {
                return entry.number() + 1;
            }
        }
        throw new CliException(
                log.path() + " has no mark '" + mark + "': 'dmuser replay-log " + log.path() + "' lists its marks");
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
        return to.get() != null && entry.number() == to.get()
                || toMark.get() != null && isMark(entry, toMark.get())
                || toNext.get() != null && entry.entry().has(toNext.get().flag);
    }

    /** They go on to the end of the log: an error if that is not what was asked for. */
    private void requireNoEnd(LogFile log, long first) {
        String wanted = toMark.get() != null ? "mark '" + toMark.get() + "'" : "";
        wanted = toNext.get() != null ? toNext.get().name().toLowerCase(Locale.ROOT) : wanted;
        if (!wanted.isEmpty()) {
            throw new CliException(log.path() + " has no " + wanted + " from entry " + first + " on");
        }
        if (to.get() != null && checked("--to", to.get(), log) < first) {
            throw CliException.usage("--to " + to.get() + " is before the first entry, " + first);
        }
    }
}
