package org.dmuser.cli.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.dmuser.cli.base.Amounts;
import org.dmuser.cli.base.CliException;
import org.dmuser.cli.base.Console;
import org.dmuser.cli.base.DmuserCommand;
import org.dmuser.cli.base.Grammar.Value;
import org.dmuser.cli.base.JsonObject;
import org.dmuser.cli.base.StopSignal;
import org.dmuser.cli.replay.RangeOptions.Range;
import org.dmuser.shim.target.log.LogFile;
import org.dmuser.shim.target.log.LogFile.Numbered;

/** {@code dmuser replay-log}. */
public final class ReplayLogCommand extends DmuserCommand {
    /** A write of 1 MiB to a slow disk; a check is killed. */
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(15);

    private final Value<Path> log = grammar.word(Path.class, "LOG", "The log: a file or a block device.");

    private final Value<Path> target = grammar.optionalWord(
            Path.class,
            "TARGET",
            "What it is replayed on: a file or a block device, with what it held at the beginning, and at least as"
                    + " large as the log needs.");

    private final RangeOptions range = new RangeOptions(grammar);

    private final Value<Boolean> list = grammar.flag("--list", "Lists the entries, in sectors of the log.");

    private final Value<Boolean> find =
            grammar.flag("--find", "Prints the number of the entry that --to-mark or --to-next means.");

    private final Value<Boolean> json =
            grammar.flag("--json", "What is printed about the log, as one JSON object; with --list, an array.");

    private final Value<Boolean> noDiscard =
            grammar.flag("--no-discard", "Leaves discards out; replayed, they make zeros.");

    private final Value<String> check = grammar.option(
            String.class,
            "--check",
            "COMMAND",
            "Runs COMMAND by sh each time, with TARGET as $1 and the number of the entry as $2, and ends if its status"
                    + " is not 0. It must leave TARGET as it is.");

    private final Value<List<String>> every = grammar.list(
            "--every",
            "MOMENT",
            "When that is: flush, fua, mark, or a number of entries; several with commas between. Default: flush,fua.");

    public ReplayLogCommand() {
        super(
                "Replays a log of the target log-writes, ours or the kernel's, on a disk: what it was like at any"
                        + " moment between two writes, as after a power failure there.\n"
                        + "Without TARGET it says what is in the log.",
                "",
                "What a log holds, and its marks:",
                "  dmuser replay-log log.img",
                "The disk as it was at a mark, on a copy of what it was at the beginning:",
                "  dmuser replay-log log.img copy.img --to-mark before-the-update",
                "Whether the file system can be repaired after each flush from a mark on:",
                "  dmuser replay-log log.img copy.img --to-mark mounted",
                "  dmuser replay-log log.img copy.img --from-mark mounted \\",
                "    --check 'cp \"$1\" t.img && e2fsck -y -E journal_only t.img &&",
                "             e2fsck -fn t.img'",
                "Exit status: 0 success, 1 failure, 2 a command that was not written right, 3 a check that failed,"
                        + " 130 broken off.");
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        requireSense();
        StopSignal stop = StopSignal.install(STOP_TIMEOUT);
        Check checks = check.get() == null ? null : new Check(check.get(), moments(), stop);
        try (LogFile file = open()) {
            Range found = range.find(file);
            if (find.get()) {
                Console.println(Long.toString(found.last()));
            } else if (list.get()) {
                list(file, found);
            } else if (target.get() == null) {
                describe(file, found);
            } else {
                replay(file, found, checks, stop);
            }
        }
        return 0;
    }

    private String moments() {
        return every.get().isEmpty() ? "flush,fua" : String.join(",", every.get());
    }

    private void requireSense() {
        range.requireSense();
        if (find.get() && !range.isSearch()) {
            throw CliException.usage("--find goes with --to-mark or --to-next");
        }
        if (target.get() != null && (find.get() || list.get() || json.get())) {
            throw CliException.usage("--find, --list and --json only look at the log: leave out " + target.get());
        }
        if (find.get() && (list.get() || json.get())) {
            throw CliException.usage("--find prints a number and nothing else");
        }
        if (!every.get().isEmpty() && check.get() == null) {
            throw CliException.usage("--every goes with --check");
        }
        if (check.get() != null && check.get().isBlank()) {
            throw CliException.usage("--check: an empty command would pass every time");
        }
        if (target.get() == null && (check.get() != null || noDiscard.get())) {
            throw CliException.usage("--check and --no-discard are for replaying: name a TARGET");
        }
    }

    private LogFile open() throws IOException {
        NamedFile.require(log.get(), "the log");
        return LogFile.open(log.get());
    }

    private void list(LogFile file, Range found) throws IOException {
        List<JsonObject> objects = new ArrayList<>();
        if (!json.get()) {
            Console.println(EntryText.HEADING);
        }
        file.rewind();
        for (Numbered entry = file.next(); entry != null && entry.number() <= found.last(); entry = file.next()) {
            if (entry.number() >= found.first() && json.get()) {
                objects.add(EntryText.json(entry));
            } else if (entry.number() >= found.first()) {
                Console.println(EntryText.line(entry));
            }
        }
        if (json.get()) {
            Console.println(JsonObject.array(objects));
        }
    }

    private void describe(LogFile file, Range found) {
        LogStatistics statistics = found.statistics();
        int sectorSize = file.superblock().sectorSize();
        if (json.get()) {
            Console.println(new JsonObject()
                    .put("entries", file.superblock().entries())
                    .put("sectorSize", sectorSize)
                    .put("content", statistics.json())
                    .toString());
            return;
        }
        Console.println(Amounts.count(file.superblock().entries(), "entry", "entries") + ", sectors of " + sectorSize
                + " bytes");
        Console.println(entries(found) + ": " + statistics.text());
        Console.println("they need a disk of " + statistics.end() + " bytes");
        statistics
                .marks()
                .forEach(mark ->
                        Console.println("mark at entry " + mark.number() + ": " + EntryText.printable(mark.text())));
    }

    private static String entries(Range found) {
        return found.last() < found.first() ? "no entries" : "entries " + found.first() + " to " + found.last();
    }

    private void replay(LogFile file, Range found, Check checks, StopSignal stop)
            throws IOException, InterruptedException {
        try (ReplayTarget disk =
                ReplayTarget.open(target.get(), log.get(), found.statistics().end())) {
            new Replay(file, disk, !noDiscard.get(), checks, stop).run(found);
        }
        Console.println(entries(found) + " replayed on " + target.get() + ": "
                + found.statistics().text()
                + (checks == null ? "" : "; " + Amounts.count(checks.passed(), "check", "checks") + " passed"));
    }
}
