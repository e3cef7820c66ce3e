package org.dmuser.examples.backup.tracking;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a daemon that was killed has noted last. */
public final class LastNote {
    private LastNote() {}

    /**
     * Whether the origin was written to so long after the note that nobody believes the daemon to have done it: it came
     * to write, and not to note that, as happens on a machine that is short of processors.
     */
    public static boolean isTooOld(Path tracking, Path origin) throws IOException {
        LastWrite noted = OriginNote.read(ByteBuffer.wrap(Files.readAllBytes(tracking)))
                .orElseThrow()
                .lastWrite();
        return ChangeTime.of(origin).at().isAfter(((ChangeTime) noted).at().plus(ChangeTime.KILL_GRACE));
    }
}
