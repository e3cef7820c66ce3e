package org.dmuser.shim.target;

import java.util.List;
import org.dmuser.channel.MessageQueue;
import org.dmuser.shim.bio.Bio;
import org.dmuser.shim.bio.BioOp;
import org.dmuser.shim.dm.DeviceRange;
import org.dmuser.shim.dm.MapResult;
import org.dmuser.shim.dm.Target;

/** {@code linear <device> <offset>}: a run of sectors of another device. */
final class LinearTarget implements Target {
    private final long start;
    private final DeviceRange range;

    /** @param start where the target begins on the mapped device, in sectors */
    LinearTarget(long start, DeviceRange range) {
        this.start = start;
        this.range = range;
    }

    @Override
    public MapResult map(Bio bio) {
        long sector = bio.isEmptyFlush() ? bio.sector() : range.start() + (bio.sector() - start);
        bio.remap(range.device().device(), sector);
        return MapResult.REMAPPED;
    }

    /** Whether the device below takes it, it says itself. */
    @Override
    public boolean accepts(BioOp op) {
        return true;
    }

    @Override
    public boolean acceptsFlush() {
        return true;
    }

    @Override
    public MessageQueue queue() {
        return range.device().device().queue();
    }

    @Override
    public List<DeviceRange> ranges() {
        return List.of(range);
    }

    @Override
    public String table() {
        return range.device().name() + " " + range.start();
    }

    @Override
    public void close() {}
}
