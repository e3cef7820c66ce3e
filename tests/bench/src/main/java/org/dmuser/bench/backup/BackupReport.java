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
import org.dmuser.sdk.config.ByteSize;

/** What came out, as a page, a picture and JSON. */
final class BackupReport {
    /** Idle, a machine has a load next to nothing. */
    private static final double LOAD_MAX = 0.5;

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

    String json() {
        return JsonReport.of(new Document(conditions, measurements.all()));
    }

    /** The whole page; {@code chart} is the name of the picture beside it. */
    String page(String chart) {
        return "# Snapshots and backups%n%n".formatted()
                + caveats()
                + "\n## Conditions\n\n" + conditions()
                + "\n![The figures as bars](" + chart + ")\n"
                + tables();
    }

    private String caveats() {
        String busy = conditions.load() > LOAD_MAX
                ? "- **The machine was busy before the run** (see its load below): do not rely on this page.\n"
                : "";
        return """
                Caveats first:

                - Made by a program, `bin/bench backup%s`; [README.md](README.md) says how.
                - Compare within this page, by ratio, never with another machine or another day.
                - Everything is in the page cache, and repositories are directories of the same disk: a slower disk,
                  or a network, makes all contenders alike.
                - restic encrypts always, dmuser where it is asked to: compare "dmuser, encrypted", too. restic cuts its
                  chunks by content and looks at files in directories as well; that is not measured.
                """.formatted(conditions.quick() ? " --quick" : "") + busy;
    }

    private String conditions() {
        return """
                | | |
                |---|---|
                | date | %s |
                | processor | %s, %d cores |
                | memory | %s |
                | kernel | %s |
                | load before | %.2f |
                | image | %s, an ext4 with %s of programs, libraries and texts of the machine |
                | changes | 1 %% of the image: pieces of 4 MiB (in files), and blocks of 4 KiB (scattered), of noise |
                | how often | %d times in turn, median; fio each time %.0f s, direct=1, psync |
                | versions | %s |
                """.formatted(
                        conditions.date(),
                        conditions.processor(),
                        conditions.cores(),
                        ByteSize.format(conditions.memory() >> 30 << 30),
                        conditions.kernel(),
                        conditions.load(),
                        ByteSize.format(plan.size()),
                        ByteSize.format(plan.data()),
                        plan.repetitions(),
                        plan.perRow().toMillis() / 1e3,
                        String.join("; ", conditions.versions()));
    }

    /** The tables alone, for a terminal. */
    String tables() {
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

    /** Bars of all that was measured. */
    String chart() {
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
