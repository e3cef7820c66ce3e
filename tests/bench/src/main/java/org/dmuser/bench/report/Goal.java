package org.dmuser.bench.report;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.dmuser.bench.fio.Row;

/**
 * How fast one contender is to be, compared with another: a lower bound for the ratio of their medians.
 *
 * @param kind of what the bound holds
 */
public record Goal(String contender, String against, List<Row> rows, Kind kind, double atLeast) {
    /** What is compared with the bound. */
    public enum Kind {
        /** The ratio of each row. */
        EACH,
        /** The geometric mean of the ratios of all rows. */
        MEAN
    }

    /**
     * What has become of it.
     *
     * @param ratios of the rows that were measured on both; empty if none was
     * @param reached what is compared with the bound: the lowest ratio, or the mean
     */
    public record Outcome(Goal goal, Map<Row, Double> ratios, OptionalDouble reached) {
        /** Whether it is reached; false as well while it is not known. */
        public boolean isReached() {
            return reached.orElse(0) >= goal.atLeast;
        }
    }

    static Goal each(String contender, String against, List<Row> rows, double atLeast) {
        return new Goal(contender, against, rows, Kind.EACH, atLeast);
    }

    static Goal mean(String contender, String against, List<Row> rows, double atLeast) {
        return new Goal(contender, against, rows, Kind.MEAN, atLeast);
    }

    /** What the results say of it. Without all its rows it is not decided. */
    public Outcome in(Results results) {
        Map<Row, Double> ratios = new EnumMap<>(Row.class);
        for (Row row : rows) {
            results.ratio(contender, against, row).ifPresent(ratio -> ratios.put(row, ratio));
        }
        if (ratios.size() < rows.size()) {
            return new Outcome(this, ratios, OptionalDouble.empty());
        }
        return new Outcome(
                this,
                ratios,
                OptionalDouble.of(
                        switch (kind) {
                            case EACH ->
                                ratios.values().stream().min(Double::compare).orElseThrow();
                            case MEAN -> Statistics.geometricMean(ratios.values());
                        }));
    }
}
