package org.dmuser.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.dmuser.bench.contender.Contender;
import org.dmuser.bench.contender.Contenders;
import org.dmuser.bench.fio.Row;
import org.dmuser.sdk.config.ByteSize;

/** Of contenders, measured with fio. */
public final class FioReport implements Report {
    private static final String NOT_MEASURED = "";

    private final Conditions conditions;
    private final Results results;
    private final List<Contender> contenders;

    /** @param contenders in the order of the tables */
    public FioReport(Conditions conditions, Results results, List<Contender> contenders) {
        this.conditions = conditions;
        this.results = results;
        this.contenders =
                contenders.stream().filter(it -> results.has(it.name())).toList();
    }

    @Override
    public String json() {
        return JsonReport.of(conditions, results);
    }

    @Override
    public String chart() {
        return SvgChart.of(results, contenders);
    }

    @Override
    public String page(String chart) {
        return "# fio against peers: the %s run%n%n".formatted(conditions.quick() ? "quick" : "full")
                + caveats()
                + "\n## Conditions\n\n" + conditions()
                + "\n![The figures as bars; a dashed line marks the C server](" + chart + ")\n"
                + tables();
    }

    private String caveats() {
        String spread = Scale.percent(
                Statistics.median(results.figures().stream().map(Figure::spread).toList()));
        String worst = Scale.percent(
                results.figures().stream().mapToDouble(Figure::spread).max().orElseThrow());
        return """
                Caveats first:

                - Made by a program, `bin/bench%s`; [README.md](README.md) says what each name stands for.
                - Compare within this page, by ratio, never with another machine or another day.
                - Every handler here is memory: it copies and does nothing else. What your handler does matters more.
                - Lowest and highest of the %d repetitions differ by %s of the median in the middle, %s at most:
                  a difference smaller than that says nothing.
                - Processor time is that of the contender's processes, and of fio. What the kernel does on threads
                  of its own, as for loop devices, is in neither.
                """.formatted(conditions.quick() ? " --quick" : "", conditions.repetitions(), spread, worst)
                + conditions.caveat();
    }

    private String conditions() {
        return conditions.table("""
                | device | %s each, in memory, all written before |
                | fio | each row %.2f s, %d times in turn, median; direct=1; psync for files, libaio for loop devices |
                """.formatted(
                ByteSize.format(conditions.size()), conditions.perRow().toMillis() / 1e3, conditions.repetitions()));
    }

    @Override
    public String tables() {
        StringBuilder text = new StringBuilder();
        section(
                text,
                "## Figures\n\nIOPS for 4k, MB/s (10^6) for the others.",
                (contender, row) -> results.figure(contender, row).map(figure -> Scale.value(row, figure.value())));
        if (results.has(Contenders.CEILING)) {
            section(text, "## Ratio to the C server", (contender, row) -> {
                var ratio = results.ratio(contender, Contenders.reference(row), row);
                return ratio.isPresent() ? Optional.of(Scale.ratio(ratio.getAsDouble())) : Optional.empty();
            });
        }
        section(
                text,
                "## Processor time per request\n\nMicroseconds: of the contender's processes + of fio.",
                (contender, row) -> results.figure(contender, row)
                        .map(figure ->
                                Scale.microseconds(figure.serverNs()) + " + " + Scale.microseconds(figure.fioNs())));
        section(
                text,
                "## Latency\n\nMicroseconds: half of the requests took no longer / 99 of a hundred took no longer.",
                (contender, row) -> results.figure(contender, row)
                        .map(figure ->
                                Scale.microseconds(figure.medianNs()) + " / " + Scale.microseconds(figure.p99Ns())));
        return text.append(goals()).toString();
    }

    /** One table for files, one for loop devices, where anything was measured on such. */
    private void section(StringBuilder text, String heading, BiFunction<String, Row, Optional<String>> cell) {
        text.append('\n').append(heading).append('\n');
        for (List<Row> kind : List.of(Row.FILE, Row.LOOP)) {
            List<Row> rows = kind.stream().filter(results::has).toList();
            if (!rows.isEmpty()) {
                text.append('\n').append(table(rows, cell));
            }
        }
    }

    private String table(List<Row> rows, BiFunction<String, Row, Optional<String>> cell) {
        List<String> titles = new ArrayList<>(List.of("contender"));
        rows.forEach(row -> titles.add(row.title()));
        MarkdownTable table = new MarkdownTable(titles);
        for (Contender contender : contenders) {
            if (contender.rows().stream().anyMatch(rows::contains)) {
                List<String> cells = new ArrayList<>();
                cells.add(contender.isOurs() ? "**" + contender.name() + "**" : contender.name());
                rows.forEach(row -> cells.add(cell.apply(contender.name(), row).orElse(NOT_MEASURED)));
                table.row(cells);
            }
        }
        return table.toString();
    }

    private String goals() {
        List<Goal.Outcome> outcomes = Goals.ALL.stream()
                .map(goal -> goal.in(results))
                .filter(outcome -> !outcome.ratios().isEmpty())
                .toList();
        if (outcomes.isEmpty()) {
            return "";
        }
        MarkdownTable table =
                new MarkdownTable(List.of("contender", "against", "goal", "reached", "verdict", "ratios"));
        for (Goal.Outcome outcome : outcomes) {
            Goal goal = outcome.goal();
            table.row(List.of(
                    goal.contender(),
                    goal.against(),
                    Scale.ratio(goal.atLeast()) + (goal.kind() == Goal.Kind.MEAN ? " (geometric mean)" : " each"),
                    outcome.reached().isPresent()
                            ? Scale.ratio(outcome.reached().getAsDouble())
                            : "not all measured",
                    outcome.reached().isEmpty() ? "open" : outcome.isReached() ? "yes" : "**no**",
                    outcome.ratios().entrySet().stream()
                            .map(entry -> entry.getKey().label() + " " + Scale.ratio(entry.getValue()))
                            .collect(Collectors.joining(", "))));
        }
        return "\n## Goal and reached\n\nRatios of medians.\n\n" + table;
    }
}
