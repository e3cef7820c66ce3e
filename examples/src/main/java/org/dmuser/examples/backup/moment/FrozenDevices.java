package org.dmuser.examples.backup.moment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.dmuser.examples.backup.tracking.DeviceInUseException;
import org.dmuser.examples.backup.tracking.TrackingPoint;
import org.dmuser.examples.backup.tracking.TrackingView;
import org.dmuser.sdk.control.ControlConnection;

/** Opens what is to be backed up, as it is at this moment. */
public final class FrozenDevices {
    private FrozenDevices() {}

    /** Gives back the memory that daemons had for moments which were killed, whichever device they served. */
    public static void giveBackMemory() {
        RingMemory.sweep();
    }

    /**
     * Freezes a tracked device, whether or not its daemon runs; or opens a plain image.
     *
     * @param where the tracking file of a device; or a disk image or block device that nobody tracks
     * @param bases earlier moments the caller has, the one it would like best first; those of other devices do no harm
     * @throws DeviceInUseException if somebody else has a moment open
     * @throws IOException if it cannot be, with words for the user
     */
    public static FrozenDevice freeze(Path where, List<TrackingPoint> bases) throws IOException {
        if (!Files.isRegularFile(where)) {
            return FrozenImage.open(where);
        }
        Optional<TrackingView> view = TrackingView.open(where);
        if (view.isEmpty()) {
            return FrozenImage.open(where);
        }
        Optional<ControlConnection> daemon = ControlConnection.find(MomentSession.socket(where));
        if (daemon.isPresent()) {
            return FrozenOrigin.freeze(daemon.get(), where, bases);
        }
        Path origin = view.get().originPath();
        try {
            return FrozenAtRest.open(where, origin, bases);
        } catch (NoSuchFileException e) {
            throw new IOException(
                    "the origin of tracking file " + where + " is not at " + origin
                            + " any more; serve it once with 'dmuser run backup' from where it is",
                    e);
        }
    }
}
