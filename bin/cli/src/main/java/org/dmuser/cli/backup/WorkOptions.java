package org.dmuser.cli.backup;

import java.util.OptionalLong;
import org.dmuser.cli.base.CliException;
import org.dmuser.sdk.config.ByteSize;
import org.dmuser.sdk.config.ConfigException;
import picocli.CommandLine.Option;

/** How long work is done, and shown. */
final class WorkOptions {
    private static final int NICE_MAX = 19;

    @Option(
            names = "--progress",
            paramLabel = "HOW",
            defaultValue = "auto",
            description = "bar: a line with rate and time left on standard error; json: an object a second, on a line"
                    + " each; none; auto: bar if standard error is a terminal, otherwise none. Unless given, auto.")
    private ProgressKind progress;

    @Option(
            names = "--limit",
            paramLabel = "SIZE",
            description = "Reads and writes at most so much of the repository in a second: 50M.")
    private String limit;

    @Option(
            names = "--nice",
            paramLabel = "N",
            description = "Lets others have the processors first, as nice(1) does: from 0, not at all, to 19. Unless"
                    + " given, 10. With 1 or more a backup also pauses so that those who use the device keep most of"
                    + " its speed.")
    private int nice = 10;

    ProgressKind progress() {
        return progress;
    }

    /** Bytes a second. */
    OptionalLong limit() {
        if (limit == null) {
            return OptionalLong.empty();
        }
        try {
            long bytes = ByteSize.parse(limit);
            if (bytes == 0) {
                throw CliException.usage("--limit: 0 lets nothing through; write 1 or more");
            }
            return OptionalLong.of(bytes);
        } catch (ConfigException e) {
            throw CliException.usage("--limit: " + e.getMessage());
        }
    }

    int nice() {
        if (nice < 0 || nice > NICE_MAX) {
            throw CliException.usage("--nice: " + nice + " is not between 0 and " + NICE_MAX);
        }
        return nice;
    }
}
