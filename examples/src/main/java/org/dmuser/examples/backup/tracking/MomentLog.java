package org.dmuser.examples.backup.tracking;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The last moments of a device, so that one of another history is not taken for one of this: when a whole machine is
 * set back, the eras count on from an earlier one, and only the random part of a moment tells the two apart.
 */
final class MomentLog {
    private final ByteBuffer bytes;

    MomentLog(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /**
     * @param moment as in {@link TrackingPoint#moment}
     */
    void put(long moment, long timeMs) {
        int offset = offset((int) moment);
        bytes.putLong(offset, moment);
        bytes.putLong(offset + Long.BYTES, timeMs);
    }

    boolean has(long moment) {
        return moment != 0 && bytes.getLong(offset((int) moment)) == moment;
    }

    /** The moments before {@code era}, newest first, {@code count} at most. */
    List<LoggedMoment> last(int era, int count) {
        List<LoggedMoment> last = new ArrayList<>();
        for (int ended = era - 1;
                ended > 0 && last.size() < count && era - ended <= TrackingLayout.MOMENT_COUNT;
                ended--) {
            int offset = offset(ended);
            if ((int) bytes.getLong(offset) == ended) {
                last.add(new LoggedMoment(
                        bytes.getLong(offset), Instant.ofEpochMilli(bytes.getLong(offset + Long.BYTES))));
            }
        }
        return last;
    }

    private static int offset(int era) {
        return TrackingLayout.MOMENTS
                + Integer.remainderUnsigned(era, TrackingLayout.MOMENT_COUNT) * TrackingLayout.MOMENT_SIZE;
    }

    /** One of them. */
    record LoggedMoment(long moment, Instant time) {}
}
