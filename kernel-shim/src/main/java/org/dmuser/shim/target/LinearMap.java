package org.dmuser.shim.target;

import org.dmuser.shim.bio.Bio;
import org.dmuser.shim.dm.DeviceRange;
import org.dmuser.shim.dm.TargetContext;
import org.dmuser.shim.dm.TargetContext.OpenDevice;

/**
 * Where the sectors of a target are on another device: one after the other, from an offset on.
 *
 * @param start where the target begins on the mapped device, in sectors
 * @param range where it is below
 */
public record LinearMap(long start, DeviceRange range) {

    /** The whole of a target, from sector {@code offset} of {@code device} on. */
    public static LinearMap of(TargetContext context, OpenDevice device, long offset) {
        return new LinearMap(context.start(), new DeviceRange(device, offset, context.length()));
    }

    /** Sends {@code bio} there; an empty flush, which has no place, to the device. */
    public void remap(Bio bio) {
        long sector = bio.isEmptyFlush() ? bio.sector() : range.start() + (bio.sector() - start);
        bio.remap(range.device().device(), sector);
    }

    /** {@code <device> <offset>}, as in a table line. */
    @Override
    public String toString() {
        return range.device().name() + " " + range.start();
    }
}
