package org.dmuser.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.dmuser.bench.contender.Contender;
import org.dmuser.bench.contender.Contenders;
import org.dmuser.bench.fio.Row;
import org.dmuser.bench.report.BarChart.Bar;
import org.dmuser.bench.report.BarChart.Colour;
import org.dmuser.bench.report.BarChart.Panel;

/** The figures of all contenders as bars: a panel for each row, and a line where the C server ends. */
public final class SvgChart {
    private SvgChart() {}

    /** @param contenders from top to bottom */
    public static String of(Results results, List<Contender> contenders) {
        return BarChart.of(List.of(Row.values()).stream()
                .filter(results::has)
                .map(row -> panel(results, contenders, row))
                .toList());
    }

    private static Panel panel(Results results, List<Contender> contenders, Row row) {
        List<Bar> bars = new ArrayList<>();
        for (Contender contender : contenders) {
            results.figure(contender.name(), row).ifPresent(figure -> bars.add(bar(contender, row, figure.value())));
        }
        var reference = results.figure(Contenders.reference(row), row);
        OptionalDouble mark =
                reference.isPresent() ? OptionalDouble.of(reference.get().value()) : OptionalDouble.empty();
        return new Panel(row.title() + (row.countsRequests() ? ", IOPS" : ", MB/s"), bars, mark);
    }

    private static Bar bar(Contender contender, Row row, double value) {
        return new Bar(contender.name(), value, Scale.value(row, value), colour(contender, row));
    }

    private static Colour colour(Contender contender, Row row) {
        if (contender.name().equals(Contenders.reference(row))) {
            return Colour.REFERENCE;
        }
        return contender.isOurs() ? Colour.OURS : Colour.PEER;
    }
}
