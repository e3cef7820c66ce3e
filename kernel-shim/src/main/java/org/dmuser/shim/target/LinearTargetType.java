package org.dmuser.shim.target;

import java.util.List;
import org.dmuser.shim.dm.DmException;
import org.dmuser.shim.dm.Target;
import org.dmuser.shim.dm.TargetContext;
import org.dmuser.shim.dm.TargetType;

/** Makes {@link LinearTarget}s. */
public final class LinearTargetType implements TargetType {
    @Override
    public String name() {
        return "linear";
    }

    @Override
    public String version() {
        return "1.4.0";
    }

    @Override
    public Target create(TargetContext context, List<String> words) throws DmException {
        Arguments arguments = new Arguments(context, words);
        arguments.expect(2, "linear <device> <offset>");
        String device = arguments.word("Invalid device");
        long offset = arguments.sector("Invalid device sector");
        return new LinearTarget(LinearMap.of(context, arguments.open(device), offset));
    }
}
