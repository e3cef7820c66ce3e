package org.dmuser.examples.backup.moment;

import java.util.Optional;
import org.dmuser.examples.backup.tracking.TrackingPoint;

/**
 * What is known of a frozen device beside its content; {@link FrozenDevice} says what each of it means.
 *
 * @param size bytes
 */
public record FrozenState(
        long size,
        Optional<TrackingPoint> point,
        Optional<TrackingPoint> base,
        String whyNoBase,
        ChangedBlocks changed) {
    /** Of a device that is tracked. */
    static FrozenState of(long size, TrackingPoint point, Base base, ChangedBlocks changed) {
        return new FrozenState(size, Optional.of(point), base.point(), base.whyNone(), changed);
    }
}
