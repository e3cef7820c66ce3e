package org.dmuser.shim.target;

import java.util.ArrayList;
import java.util.List;
import org.dmuser.shim.dm.DeviceRange;
import org.dmuser.shim.dm.DmException;
import org.dmuser.shim.dm.Target;
import org.dmuser.shim.dm.TargetContext;
import org.dmuser.shim.dm.TargetType;

/** Makes {@link StripedTarget}s. */
public final class StripedTargetType implements TargetType {
    @Override
    public String name() {
        return "striped";
    }

    @Override
    public String version() {
        return "1.6.0";
    }

    @Override
    public Target create(TargetContext context, List<String> words) throws DmException {
        if (words.size() < 2) {
            throw Arguments.invalid(
                    "Not enough arguments: striped takes <#stripes> <chunk> and <device> <offset> of" + " each stripe");
        }
        Arguments arguments = new Arguments(context, words);
        long count = arguments.number(1, Arguments.UINT_MAX, "Invalid stripe count");
        long chunk = arguments.number(1, Arguments.UINT_MAX, "Invalid chunk_size");
        long width = width(context.length(), count, chunk);
        if (arguments.left() != 2 * count) {
            throw Arguments.invalid("Not enough destinations specified: " + count
                    + " stripes need a <device> and an <offset> each, not " + arguments.left() + " words");
        }
        List<DeviceRange> stripes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            stripes.add(stripe(context, arguments, width));
        }
        return new StripedTarget(context, chunk, stripes);
    }

    /** The sectors on each stripe. */
    private static long width(long length, long count, long chunk) throws DmException {
        if (length % count != 0) {
            throw Arguments.invalid("Target length not divisible by number of stripes: " + length + " sectors on "
                    + count + " stripes");
        }
        long width = length / count;
        if (width % chunk != 0) {
            throw Arguments.invalid("Target length not divisible by chunk size: each of " + count + " stripes has "
                    + width + " sectors, which are no multiple of " + chunk);
        }
        return width;
    }

    private static DeviceRange stripe(TargetContext context, Arguments arguments, long width) throws DmException {
        String problem = "Couldn't parse stripe destination";
        String device = arguments.word(problem);
        long start = arguments.sector(problem);
        try {
            return new DeviceRange(context.open(device), start, width);
        } catch (DmException e) {
            throw new DmException(e.errno(), problem + ": " + e.getMessage(), e);
        }
    }
}
