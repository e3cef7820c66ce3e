package org.dmuser.examples.backup.moment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.dmuser.examples.backup.tracking.TrackingPoint;

/**
 * A device as it was at one moment, for as long as this is open: the side of whoever makes a backup, mostly in another
 * process than the device's daemon. {@link FrozenDevices} opens one.
 *
 * <p>Threads: any number at a time.
 */
public sealed interface FrozenDevice extends AutoCloseable permits FrozenAtRest, FrozenImage, FrozenOrigin {
    /** All that does not change while it is open. */
    FrozenState state();

    /** Bytes. */
    default long size() {
        return state().size();
    }

    /** What to keep, to be able to ask later what has changed since this moment; nothing if nobody tracks changes. */
    default Optional<TrackingPoint> point() {
        return state().point();
    }

    /** Which of the earlier moments {@link #changed} compares with; nothing if with none: all is to be read. */
    default Optional<TrackingPoint> base() {
        return state().base();
    }

    /** Why there is no {@link #base}, in words for the user; empty if there is one. */
    default String whyNoBase() {
        return state().whyNoBase();
    }

    /** What may have changed since {@link #base}; everything if there is none. */
    default ChangedBlocks changed() {
        return state().changed();
    }

    /**
     * Fills {@code dst} with what was on the device at the moment. Only what {@link #changed} names may be read, and
     * nothing that is {@link #done}.
     *
     * @throws MomentBrokenException if the moment could not be kept: what was read until then is right, more cannot be
     *     had, and the backup has to be begun anew
     */
    void read(long offset, ByteBuffer dst) throws IOException;

    /**
     * Whether the range is known to have been zeros at the moment, without reading it: a part of a file that nothing
     * was ever written to. For ranges that may be read.
     *
     * @throws MomentBrokenException as {@link #read}
     */
    boolean isHole(long offset, long length) throws IOException;

    /** Says that the range will not be read any more, so that writing to it need not keep what was there. */
    void done(long offset, long length);

    /** How many requests others have made of the device since the moment began; 0 where nobody counts them. */
    long requests();

    /** Ends the moment. */
    @Override
    void close() throws IOException;
}
