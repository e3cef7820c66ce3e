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
    private final LinearMap map;

    LinearTarget(LinearMap map) {
        this.map = map;
    }

    @Override
    public MapResult map(Bio bio) {
        map.remap(bio);
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
        return map.range().device().device().queue();
    }

    @Override
    public List<DeviceRange> ranges() {
        return List.of(map.range());
    }

    @Override
    public String table() {
        return map.toString();
    }

    @Override
    public void close() {}
}
