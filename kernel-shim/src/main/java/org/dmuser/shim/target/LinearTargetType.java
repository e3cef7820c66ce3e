package org.dmuser.shim.target;

import java.util.List;
import java.util.regex.Pattern;
import org.dmuser.channel.Errno;
import org.dmuser.shim.bio.Bio;
import org.dmuser.shim.dm.DeviceRange;
import org.dmuser.shim.dm.DmException;
import org.dmuser.shim.dm.Target;
import org.dmuser.shim.dm.TargetContext;
import org.dmuser.shim.dm.TargetContext.OpenDevice;
import org.dmuser.shim.dm.TargetType;

/** Makes {@link LinearTarget}s. */
public final class LinearTargetType implements TargetType {
    private static final Pattern DECIMAL = Pattern.compile("[0-9]+");

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
        if (offset > Bio.SECTORS_MAX - context.length()) {
            throw new DmException(
                    Errno.EINVAL,
                    "Invalid device sector: offset " + offset + " and length " + context.length()
                            + " reach past sector " + Bio.SECTORS_MAX);
        }
        return new LinearTarget(
                context.start(), new DeviceRange(open(context, arguments.get(0)), offset, context.length()));
    }

    private static long sector(String word) throws DmException {
        try {
            // Stricter than Long.parseLong, which takes signs and the digits of every script.
            if (DECIMAL.matcher(word).matches()) {
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
