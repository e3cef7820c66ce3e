package org.dmuser.shim.target;

import java.util.List;
import org.dmuser.shim.dm.Target;
import org.dmuser.shim.dm.TargetContext;
import org.dmuser.shim.dm.TargetType;

/**
 * Makes {@link ErrorTarget}s. Arguments are allowed and mean nothing, so that any line can be turned into one of
 * these.
 */
public final class ErrorTargetType implements TargetType {
    @Override
    public String name() {
        return "error";
    }

    @Override
    public String version() {
        return "1.5.0";
    }

    @Override
    public Target create(TargetContext context, List<String> arguments) {
        return new ErrorTarget();
    }
}
