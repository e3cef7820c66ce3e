package org.dmuser.shim.target;

import java.util.List;
import org.dmuser.channel.Errno;
import org.dmuser.shim.dm.DmException;
import org.dmuser.shim.dm.Target;
import org.dmuser.shim.dm.TargetContext;
import org.dmuser.shim.dm.TargetType;

/** Makes {@link ZeroTarget}s. */
public final class ZeroTargetType implements TargetType {
    @Override
    public String name() {
        return "zero";
    }

    @Override
    public String version() {
        return "1.1.0";
    }

    @Override
    public Target create(TargetContext context, List<String> arguments) throws DmException {
        if (!arguments.isEmpty()) {
            throw new DmException(
                    Errno.EINVAL, "No arguments required: but there is \"" + String.join(" ", arguments) + "\"");
        }
        return new ZeroTarget();
    }
}
