package org.dmuser.bench.report;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.dmuser.bench.fio.Row;

/**
 * The samples of one contender and one row, and their medians.
 *
 * @param value requests per second where the row counts those, otherwise bytes per second
 * @param spread between the lowest and the highest value, as a part of the median
 * @param samples in the order they were taken
 */
public record Figure(
        String contender,
        Row row,
        double value,
        double spread,
        double medianNs,
        double p99Ns,
        double serverNs,
        double fioNs,
        List<Sample> samples) {
    /** @param samples at least one, all of one contender and one row */
    static Figure of(List<Sample> samples) {
        Sample first = samples.get(0);
        return new Figure(
                first.contender(),
                first.row(),
                median(samples, Sample::value),
                Statistics.spread(samples.stream().map(Sample::value).toList()),
                median(samples, Sample::medianNs),
                median(samples, Sample::p99Ns),
                median(samples, Sample::serverNs),
                median(samples, Sample::fioNs),
                samples);
    }

    private static double median(List<Sample> samples, ToDoubleFunction<Sample> part) {
        return Statistics.median(samples.stream().map(part::applyAsDouble).toList());
    }
}
