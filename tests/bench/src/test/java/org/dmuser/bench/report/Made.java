package org.dmuser.bench.report;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.dmuser.bench.fio.Row;

/** Results of runs that never were. */
final class Made {
    private Made() {}

    static Sample sample(String contender, Row row, double value) {
        return new Sample(contender, row, value, 9_000, 21_000, 12_340, 10_000);
    }

    /** A contender that has the same figure in each of these rows. */
    static List<Sample> even(String contender, List<Row> rows, double value) {
        return rows.stream().map(row -> sample(contender, row, value)).toList();
    }

    @SafeVarargs
    static Results results(List<Sample>... samples) {
        List<Sample> all = new ArrayList<>();
        for (List<Sample> some : samples) {
            all.addAll(some);
        }
        return Results.of(all);
    }

    static Conditions conditions() {
        return new Conditions(
                LocalDate.of(2025, 3, 1),
                true,
                Duration.ofMillis(1250),
                3,
                1 << 30,
                2,
                "Some Processor",
                24L << 30,
                "6.1.0",
                0.5,
                List.of("fio-3.33", "Java 17"));
    }
}
