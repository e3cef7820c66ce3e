package org.dmuser.examples.backup.moment;

import java.io.IOException;

/** The frozen moment of a device is lost, with the reason; the device itself is well. */
public final class MomentBrokenException extends IOException {
    private static final long serialVersionUID = 1L;

    public MomentBrokenException(String message) {
        super(message);
    }

    /** Its daemon has died, and perhaps another has begun, since the moment did. */
    static MomentBrokenException beforeReading() {
        return new MomentBrokenException(
                "the moment has ended before it could be read, as its daemon has died; begin the backup anew");
    }
}
