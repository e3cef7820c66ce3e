package org.dmuser.bench.backup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.dmuser.bench.report.BarChart;
import org.dmuser.bench.report.Conditions;
import org.dmuser.bench.report.JsonReport;
import org.dmuser.bench.report.MarkdownTable;
import org.dmuser.bench.report.Report;
import org.dmuser.sdk.config.ByteSize;

/** Of snapshots and backups. */
final class BackupReport implements Report {
    /** The whole of the JSON: field names are those of the records. */
    private record Document(Conditions conditions, List<Measurement> measurements) {}

    private final Conditions conditions;
    private final BackupPlan plan;
    private final Measurements measurements;

    BackupReport(Conditions conditions, BackupPlan plan, Measurements measurements) {
        this.conditions = conditions;
        this.plan = plan;
        this.measurements = measurements;
    }

    @Override
    public String json() {
        return JsonReport.of(new Document(conditions, measurements.all()));
    }

    @Override
    public String page(String chart) {
        return "# Snapshots and backups%n%n".formatted()
                + caveats()
                + "\n## Conditions\n\n" + conditions()
                + "\n![The figures as bars](" + chart + ")\n"
                + tables();
    }

    private String caveats() {
        return """
                Caveats first:

                - Made by a program, `bin/bench backup%s`; [README.md](README.md) says how.
                - Compare within this page, by ratio, never with another machine or another day.
                - Everything is in the page cache, and repositories are directories of the same disk: a slower disk,
                  or a network, makes all contenders alike.
                - restic encrypts always, dmuser where it is asked to: compare "dmuser, encrypted", too. restic cuts its
                  chunks by content and looks at files in directories as well; that is not measured.
                """.formatted(conditions.quick() ? " --quick" : "") + conditions.caveat();
    }

    private String conditions() {
        return conditions.table("""
                | image | %s, an ext4 with %s of programs, libraries and texts of the machine |
                | changes | 1 %% of the image: pieces of 4 MiB (in files), and blocks of 4 KiB (scattered), of noise |
                | how often | %d times in turn, median; fio each time %.0f s, direct=1, psync |
                """.formatted(
                        ByteSize.format(plan.size()),
                        ByteSize.format(plan.data()),
                        plan.repetitions(),
                        plan.perRow().toMillis() / 1e3));
    }

    @Override
    public String tables() {
        return "\n## Goal and reached\n\n" + goals() + "\n## Figures\n\n"
                + "Medians; how far the lowest is from the highest, as a part of the median; and the time of"
                + " processors that the command took.\n\n" + figures();
    }

    private String goals() {
        MarkdownTable table = new MarkdownTable(List.of("what", "whose", "goal", "reached", "verdict"));
        for (BackupGoal goal : BackupGoal.ALL) {
            OptionalDouble reached = goal.reached(measurements);
            if (reached.isPresent()) {
                table.row(List.of(
                        goal.quantity().title(),
                        goal.who().title(),
                        goal.text(),
                        goal.number(reached.getAsDouble()),
                        goal.holds(reached.getAsDouble()) ? "yes" : "**no**"));
            }
        }
        return table.toString();
    }

    private String figures() {
        MarkdownTable table = new MarkdownTable(List.of("what", "whose", "median", "spread", "processors"));
        for (Quantity quantity : Quantity.values()) {
            for (Who who : measurements.of(quantity)) {
                OptionalDouble processor = measurements.processor(quantity, who);
                table.row(List.of(
                        quantity.title(),
                        who.isOurs() ? "**" + who.title() + "**" : who.title(),
                        quantity.text(measurements.median(quantity, who).orElseThrow()),
                        String.format(Locale.ROOT, "%.0f %%", 100 * measurements.spread(quantity, who)),
                        processor.isPresent() ? String.format(Locale.ROOT, "%.2f s", processor.getAsDouble()) : ""));
            }
        }
        return table.toString();
    }

    @Override
    public String chart() {
        return BarChart.of(Arrays.stream(Quantity.values())
                .filter(measurements::has)
                .map(this::panel)
                .toList());
    }

    private BarChart.Panel panel(Quantity quantity) {
        List<BarChart.Bar> bars = new ArrayList<>();
        for (Who who : measurements.of(quantity)) {
            double value = measurements.median(quantity, who).orElseThrow();
            BarChart.Colour colour = who.isOurs() ? BarChart.Colour.OURS : BarChart.Colour.PEER;
            bars.add(new BarChart.Bar(who.title(), value, quantity.text(value), colour));
        }
        String better = quantity.isSpeed() ? " (more is better)" : " (less is better)";
        return new BarChart.Panel(quantity.title() + better, bars, OptionalDouble.empty());
    }
}
