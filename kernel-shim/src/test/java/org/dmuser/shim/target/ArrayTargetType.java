package org.dmuser.shim.target;

import java.util.List;
import org.dmuser.shim.bio.Bio;
import org.dmuser.shim.bio.BioOp;
import org.dmuser.shim.bio.BlockDevice;
import org.dmuser.shim.dm.MapResult;
import org.dmuser.shim.dm.Target;
import org.dmuser.shim.dm.TargetContext;
import org.dmuser.shim.dm.TargetType;

/** {@code array <n>}: the nth device of the test, from sector 0 to its end, in pieces of at most {@code maxBytes}. */
record ArrayTargetType(List<? extends BlockDevice> devices, long maxBytes) implements TargetType {
    @Override
    public String name() {
        return "array";
    }

    @Override
    public String version() {
        return "1.0.0";
    }

    @Override
    public Target create(TargetContext context, List<String> arguments) {
        BlockDevice device = devices.get(Integer.parseInt(arguments.get(0)));
        return new Target() {
            @Override
            public MapResult map(Bio bio) {
                bio.remap(device, bio.sector());
                return MapResult.REMAPPED;
            }

            @Override
            public boolean accepts(BioOp op) {
                return true;
            }

            @Override
            public boolean acceptsFlush() {
                return true;
            }

            @Override
            public long lengthMax(Bio bio) {
                return maxBytes;
            }

            @Override
            public void close() {}
        };
    }
}
