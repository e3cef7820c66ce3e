package org.dmuser.examples.backup.work;

import java.io.IOException;
import org.dmuser.examples.backup.repository.storage.StopRequest;

/** A request to break work off. Workers look for it between two chunks; any thread makes it. */
public final class Stop implements StopRequest {
    private volatile boolean requested;

    public void request() {
        requested = true;
    }

    @Override
    public boolean isRequested() {
        return requested;
    }

    /** What work that is broken off ends with. */
    @Override
    public void check() throws StoppedException {
        if (requested) {
            throw new StoppedException();
        }
    }

    /** Work was broken off because somebody asked for it. */
    public static final class StoppedException extends IOException {
        private static final long serialVersionUID = 1L;

        StoppedException() {
            super("broken off");
        }
    }
}
