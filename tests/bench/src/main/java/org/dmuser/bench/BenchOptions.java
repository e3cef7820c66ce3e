package org.dmuser.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dmuser.bench.report.Report;
import org.dmuser.cli.base.Console;
import picocli.CommandLine.Option;

/** What every benchmark is told: where it is, and where its results go. */
public final class BenchOptions {
    @Option(names = "--out", paramLabel = "DIR", description = "Where the results go: docs/benchmarks.")
    private Path out;

    @Option(names = "--list", description = "Lists what there is to choose from.")
    private boolean list;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help and ends.")
    private boolean help;

    @Option(names = "--home", hidden = true, required = true)
    private Path home;

    /** The top of the source tree. */
    public Path home() {
        return home;
    }

    /** Whether the user only asks what there is. */
    public boolean list() {
        return list;
    }

    /**
     * Writes NAME.md, NAME.json and NAME.svg.
     *
     * @param whole whether all was measured; what was not goes only where the user has said
     */
    public void write(String name, Report report, boolean whole) throws IOException {
        if (out == null && !whole) {
            return;
        }
        Path directory = Files.createDirectories(out == null ? home.resolve("docs/benchmarks") : out);
        Files.writeString(directory.resolve(name + ".json"), report.json());
        Files.writeString(directory.resolve(name + ".svg"), report.chart());
        Files.writeString(directory.resolve(name + ".md"), report.page(name + ".svg"));
        Console.println("\nwritten: " + directory.resolve(name) + ".md, .json, .svg");
    }
}
