package org.dmuser.bench.backup;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.dmuser.bench.report.Statistics;

/** All measurements of a run, and their medians. */
record Measurements(List<Measurement> all) {
    boolean has(Quantity quantity) {
        return all.stream().anyMatch(it -> it.quantity() == quantity);
    }

    /** Who has been measured at something, in the order of {@link Who}. */
    List<Who> of(Quantity quantity) {
        return Arrays.stream(Who.values())
                .filter(who -> median(quantity, who).isPresent())
                .toList();
    }

    /** The median of what was measured. */
    OptionalDouble median(Quantity quantity, Who who) {
        return median(quantity, who, Measurement::value);
    }

    /** The median of processor time, in seconds; nothing where nobody looked. */
    OptionalDouble processor(Quantity quantity, Who who) {
        OptionalDouble seconds = median(quantity, who, Measurement::processorSeconds);
        return seconds.orElse(0) == 0 ? OptionalDouble.empty() : seconds;
    }

    /** How far the lowest is from the highest, as a part of the median. */
    double spread(Quantity quantity, Who who) {
        return Statistics.spread(some(quantity, who, Measurement::value));
    }

    private OptionalDouble median(Quantity quantity, Who who, ToDoubleFunction<Measurement> part) {
        List<Double> values = some(quantity, who, part);
        return values.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Statistics.median(values));
    }

    private List<Double> some(Quantity quantity, Who who, ToDoubleFunction<Measurement> part) {
        return all.stream()
                .filter(it -> it.quantity() == quantity && it.who() == who)
                .map(part::applyAsDouble)
                .toList();
    }
}
