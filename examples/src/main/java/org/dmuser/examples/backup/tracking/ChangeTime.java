package org.dmuser.examples.backup.tracking;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * When a file was last written to.
 *
 * @param at by the clock of its file system
 */
record ChangeTime(Instant at) implements LastWrite {
    /**
     * How much later than the last note a daemon that was killed may have written: a note is made twice a second, in
     * memory that outlives it, and on a busy machine is late. Whoever else writes within it is not noticed.
     */
    static final Duration KILL_GRACE = Duration.ofSeconds(2);

    /**
     * The same for a daemon that died with the machine. What is left then is the last note that was forced, which is
     * done every five seconds, and takes its time on a disk that is busy.
     */
    static final Duration POWER_LOSS_GRACE = Duration.ofSeconds(10);

    static ChangeTime of(Path file) throws IOException {
        return new ChangeTime(Files.getLastModifiedTime(file).toInstant());
    }

    @Override
    public String stale(LastWrite noted, boolean diedOpen, boolean sameBoot) {
        Instant last = ((ChangeTime) noted).at;
        if (!diedOpen) {
            return at.equals(last) ? "" : "the origin was written to while nobody tracked it";
        }
        Instant latest = last.plus(sameBoot ? KILL_GRACE : POWER_LOSS_GRACE);
        return at.isAfter(latest) || sameBoot && at.isBefore(last)
                ? "the origin was written to after its daemon had died"
                : "";
    }
}
