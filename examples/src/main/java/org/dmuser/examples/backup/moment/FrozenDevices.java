package org.dmuser.examples.backup.moment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.dmuser.examples.backup.tracking.TrackingPoint;

/** Opens what is to be backed up, as it is at this moment. */
public final class FrozenDevices {
    private FrozenDevices() {}

    /**
     * Freezes a tracked device, whether or not its daemon runs; or opens a plain image.
     *
     * @param where the tracking file of a device; or a disk image or block device that nobody tracks
     * @param bases earlier moments the caller has, the one it would like best first; those of other devices do no harm
     * @throws IOException if it cannot be, with words for the user: somebody else has a moment open, say
     */
    public static FrozenDevice freeze(Path where, List<TrackingPoint> bases) throws IOException {
        return FrozenImage.open(where);
    }
}
