package org.dmuser.cli.backup;

import java.util.OptionalLong;
import org.dmuser.cli.base.CliException;
import org.dmuser.cli.base.Grammar;
import org.dmuser.cli.base.Grammar.Value;
import org.dmuser.sdk.config.ByteSize;
import org.dmuser.sdk.config.ConfigException;

/** How long work is done, and shown. */
final class WorkOptions {
    private static final int NICE_MAX = 19;

    private final Value<ProgressKind> progress;
    private final Value<String> limit;
    private final Value<Integer> nice;

    /** Adds them to those of a command. */
    WorkOptions(Grammar grammar) {
        progress = grammar.option(
                ProgressKind.class,
                "--progress",
                "HOW",
                "bar: a line with rate and time left on standard error; json: an object a second, on a line"
                        + " each; none; auto: bar if standard error is a terminal, otherwise none. Unless given, auto.",
                "auto");
        limit = grammar.option(
                String.class,
                "--limit",
                "SIZE",
                "Reads and writes at most so much of the repository in a second: 50M.");
        nice = grammar.option(
                int.class,
                "--nice",
                "N",
                "Lets others have the processors first, as nice(1) does: from 0, not at all, to 19. Unless given, 10."
                        + " With 1 or more a backup also pauses so that those who use the device keep most of its"
                        + " speed.",
                "10");
    }

    ProgressKind progress() {
        return progress.get();
    }

    /** Bytes a second. */
    OptionalLong limit() {
        String text = limit.get();
        if (text == null) {
            return OptionalLong.empty();
        }
        try {
            long bytes = ByteSize.parse(text);
            if (bytes == 0) {
                throw CliException.usage("--limit: 0 lets nothing through; write 1 or more");
            }
            return OptionalLong.of(bytes);
        } catch (ConfigException e) {
            throw CliException.usage("--limit: " + e.getMessage());
        }
    }

    int nice() {
        int level = nice.get();
        if (level < 0 || level > NICE_MAX) {
            throw CliException.usage("--nice: " + level + " is not between 0 and " + NICE_MAX);
        }
        return level;
    }
}
