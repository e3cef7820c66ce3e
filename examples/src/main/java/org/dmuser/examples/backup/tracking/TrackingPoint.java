package org.dmuser.examples.backup.tracking;

import java.util.UUID;

/**
 * A moment in the life of a tracked device: what a restore point remembers of the device it was taken from, and is
 * asked for again when somebody wants to know what has changed since.
 *
 * @param trackingId of the tracking file's own making; a new one where it could not tell what had changed
 * @param moment the era that ended at the moment (low 32 bits), and a random number: a tracking file that was set back
 *     to an older state with all of its machine counts the same eras again, but not with the same numbers
 */
public record TrackingPoint(UUID trackingId, long moment) {
    /** The era whose writes are still part of the moment; those of later eras are not. */
    public int era() {
        return (int) moment;
    }

    // What a record brings along is linked at its first call, which takes longer than all else that a backup does with
    // it.

    @Override
    public boolean equals(Object other) {
        return other instanceof TrackingPoint point && moment == point.moment && trackingId.equals(point.trackingId);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(moment);
    }

    /** In one word, as {@link #parse} reads it. */
    @Override
    public String toString() {
        return trackingId + ":" + Long.toHexString(moment);
    }

    /**
     * Reads what {@link #toString} writes.
     *
     * @throws IllegalArgumentException if it is not that
     */
    public static TrackingPoint parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("'" + text + "' is not a moment of a tracked device");
        }
        return new TrackingPoint(
                UUID.fromString(text.substring(0, colon)), Long.parseUnsignedLong(text.substring(colon + 1), 16));
    }
}
