package org.dmuser.examples.backup.moment;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import org.dmuser.examples.backup.tracking.TrackingView;
import org.dmuser.sdk.control.ControlConnection;

/** What a tracked device is used for, as far as one can see from outside. */
public enum DeviceUse {
    NOT_SERVED,
    /** Its daemon was killed, or its machine; or it is at this moment read by a backup without a daemon. */
    NOT_CLOSED,
    SERVED,
    /** Served, and somebody has a moment open. */
    FROZEN;

    /** Looks. */
    public static DeviceUse of(TrackingView view) throws IOException {
        Optional<ControlConnection> daemon = ControlConnection.find(MomentSession.socket(view.path()));
        if (daemon.isEmpty()) {
            return view.isOpen() ? NOT_CLOSED : NOT_SERVED;
        }
        daemon.get().close();
        return Files.exists(MomentFiles.of(view.path()).map()) ? FROZEN : SERVED;
    }
}
