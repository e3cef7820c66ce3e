package org.dmuser.bench.report;

import java.util.Arrays;
import java.util.Collection;

/** Of a few numbers. */
public final class Statistics {
    private Statistics() {}

    /** The middle one, or halfway between the two in the middle. */
    public static double median(Collection<Double> values) {
        double[] sorted = sorted(values);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** What ratios have in the middle: twice and half make once. */
    public static double geometricMean(Collection<Double> values) {
        return Math.exp(Arrays.stream(sorted(values)).map(Math::log).average().orElseThrow());
    }

    /** How far the lowest is from the highest, as a part of the median. */
    public static double spread(Collection<Double> values) {
        double[] sorted = sorted(values);
        return (sorted[sorted.length - 1] - sorted[0]) / median(values);
    }

    private static double[] sorted(Collection<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("no values");
        }
        return values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    }
}
