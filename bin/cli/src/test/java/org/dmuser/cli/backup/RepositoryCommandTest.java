package org.dmuser.cli.backup;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.dmuser.examples.backup.work.Stop;
import org.junit.jupiter.api.Test;

class RepositoryCommandTest {
    /** The thread that makes packs durable is one of those that wait for a storage, and others tell of its failure. */
    @Test
    void shouldTellWhatWasBrokenOffFromWhatFailed() {
        Stop stop = new Stop();
        stop.request();
        IOException stopped = assertThrows(IOException.class, stop::check);
        assertTrue(RepositoryCommand.isBrokenOff(stopped));
        assertTrue(RepositoryCommand.isBrokenOff(new IOException(stopped.getMessage(), stopped)));
        assertFalse(RepositoryCommand.isBrokenOff(new IOException("no space left on device")));
    }
}
