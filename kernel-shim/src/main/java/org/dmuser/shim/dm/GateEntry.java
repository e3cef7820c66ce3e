package org.dmuser.shim.dm;

import org.dmuser.shim.bio.Bio;
import org.dmuser.shim.bio.BlockDevice;

/**
 * What a bio inside a mapped device is on its way to, and goes back to when it has been deferred: the path of the
 * device, the split whose remainder it is, or the preflush it goes round for.
 */
interface GateEntry extends BlockDevice {
    /** The path it belongs to. */
    BioPath path();

    /** Takes one step with {@code bio} by the live table. The caller has a hold in the gate as long as this runs. */
    void step(Bio bio, Table live);

    /**
     * What is to be mapped in the place of {@code bio}, whose listener this is, when a target has given that back: one
     * that is no piece, because it may need pieces itself, and whoever has some must not wait for more.
     */
    default Bio withoutPiece(Bio bio) {
        return bio;
    }

    @Override
    default void accept(Bio bio) {
        path().submit(bio, this);
    }

    @Override
    default long sectors() {
        return path().sectors();
    }

    @Override
    default boolean readOnly() {
        return path().readOnly();
    }
}
