package org.dmuser.examples.backup.moment;

import java.util.List;
import java.util.Optional;
import org.dmuser.examples.backup.tracking.TrackingFile;
import org.dmuser.examples.backup.tracking.TrackingPoint;

/**
 * The earlier moment to compare with.
 *
 * @param point nothing if there is none
 * @param whyNone in words for the user; empty if there is one
 */
record Base(Optional<TrackingPoint> point, String whyNone) {
    static Base choose(TrackingFile file, List<TrackingPoint> candidates) {
        Optional<TrackingPoint> known =
                candidates.stream().filter(file.tracking()::knows).findFirst();
        return new Base(known, known.isPresent() ? "" : whyNone(file, candidates));
    }

    private static String whyNone(TrackingFile file, List<TrackingPoint> candidates) {
        if (candidates.isEmpty()) {
            return "there is no earlier backup of a tracked device to compare with";
        }
        return file.stale().isEmpty()
                ? "tracking file " + file.path()
                        + " knows none of the earlier backups: it is younger, or of another device"
                : "tracking was begun anew: " + file.stale();
    }
}
