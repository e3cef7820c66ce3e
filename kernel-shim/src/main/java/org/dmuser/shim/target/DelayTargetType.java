package org.dmuser.shim.target;

import java.util.ArrayList;
import java.util.List;
import org.dmuser.shim.dm.DmException;
import org.dmuser.shim.dm.Target;
import org.dmuser.shim.dm.TargetContext;
import org.dmuser.shim.dm.TargetType;

/**
 * Makes {@link DelayTarget}s, of one to three times {@code <device> <offset> <ms>}: for reads, for writes and for
 * flushes. Flushes without their own are treated as writes, and writes without as reads.
 */
public final class DelayTargetType implements TargetType {
    private static final int WORDS_PER_CLASS = 3;
    private static final int CLASSES = 3;

    @Override
    public String name() {
        return "delay";
    }

    @Override
    public String version() {
        return "1.3.0";
    }

    @Override
    public Target create(TargetContext context, List<String> words) throws DmException {
        int given = words.size() / WORDS_PER_CLASS;
        if (words.size() % WORDS_PER_CLASS != 0 || given < 1 || given > CLASSES) {
            throw Arguments.invalid("Requires exactly 3, 6 or 9 arguments: <device> <offset> <ms> for reads, then for"
                    + " writes, then for flushes, not " + words.size());
        }
        List<DelayClass> classes = new ArrayList<>();
        for (int i = 0; i < CLASSES; i++) {
            int from = Math.min(i, given - 1) * WORDS_PER_CLASS;
            classes.add(newClass(context, words.subList(from, from + WORDS_PER_CLASS)));
        }
        return new DelayTarget(context, classes, given);
    }

    private static DelayClass newClass(TargetContext context, List<String> words) throws DmException {
        Arguments arguments = new Arguments(context, words);
        String device = arguments.word("Invalid device");
        long offset = arguments.sector("Invalid device sector");
        long delayMs = arguments.number(0, Arguments.UINT_MAX, "Invalid delay");
        return new DelayClass(LinearMap.of(context, arguments.open(device), offset), delayMs);
    }
}
