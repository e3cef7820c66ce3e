package org.dmuser.shim.target;

import java.util.List;
import org.dmuser.channel.Errno;
import org.dmuser.shim.dm.DeviceRange;
import org.dmuser.shim.dm.DmException;
import org.dmuser.shim.dm.Target;
import org.dmuser.shim.dm.TargetContext;
import org.dmuser.shim.dm.TargetContext.OpenDevice;
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
    public Target create(TargetContext context, List<String> arguments) throws DmException {
        if (arguments.size() != 2) {
            throw new DmException(
                    Errno.EINVAL, "Invalid argument count: " + arguments.size() + ", linear takes <device> <offset>");
        }
        long offset = sector(arguments.get(1));
        return new LinearTarget(
                context.start(), new DeviceRange(open(context, arguments.get(0)), offset, context.length()));
    }

    private static long sector(String word) throws DmException {
        try {
            if (Character.isDigit(word.charAt(0))) {
                return Long.parseLong(word);
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw new DmException(
                Errno.EINVAL, "Invalid device sector: \"" + word + "\" is not a decimal number of sectors");
    }

    private static OpenDevice open(TargetContext context, String name) throws DmException {
        try {
            return context.open(name);
        } catch (DmException e) {
            throw new DmException(e.errno(), "Device lookup failed: " + e.getMessage(), e);
        }
    }
}
