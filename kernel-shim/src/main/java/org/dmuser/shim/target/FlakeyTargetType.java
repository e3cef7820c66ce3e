package org.dmuser.shim.target;

import java.util.List;
import org.dmuser.shim.dm.DmException;
import org.dmuser.shim.dm.Target;
import org.dmuser.shim.dm.TargetContext;
import org.dmuser.shim.dm.TargetType;

/** Makes {@link FlakeyTarget}s, of {@code <device> <offset> <up seconds> <down seconds>} and features. */
public final class FlakeyTargetType implements TargetType {
    private static final int WORDS_MIN = 4;

    @Override
    public String name() {
        return "flakey";
    }

    @Override
    public String version() {
        return "1.5.0";
    }

    @Override
    public Target create(TargetContext context, List<String> words) throws DmException {
        if (words.size() < WORDS_MIN) {
            throw Arguments.invalid("Invalid argument count: " + words.size()
                    + ", flakey takes <device> <offset> <up seconds> <down seconds> and features");
        }
        Arguments arguments = new Arguments(context, words);
        String device = arguments.word("Invalid device");
        long offset = arguments.sector("Invalid device sector");
        FlakeyPhases phases = phases(arguments);
        FlakeyFeatures features = FlakeyFeatureParser.parse(arguments);
        return new FlakeyTarget(LinearMap.of(context, arguments.open(device), offset), phases, features);
    }

    private static FlakeyPhases phases(Arguments arguments) throws DmException {
        long up = arguments.number(0, Arguments.UINT_MAX, "Invalid up interval");
        long down = arguments.number(0, Arguments.UINT_MAX, "Invalid down interval");
        if (up + down == 0) {
            throw Arguments.invalid("Total (up + down) interval is zero");
        }
        if (up + down > Arguments.UINT_MAX) {
            throw Arguments.invalid(
                    "Interval overflow: up " + up + " and down " + down + " are more than " + Arguments.UINT_MAX);
        }
        return new FlakeyPhases(up, down, System.nanoTime());
    }
}
