package org.dmuser.bench.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Lines of a table. */
final class MarkdownTable {
    private final List<String> lines = new ArrayList<>();

    MarkdownTable(List<String> titles) {
        row(titles);
        row(Collections.nCopies(titles.size(), "---"));
    }

    MarkdownTable row(List<String> cells) {
        lines.add("| " + String.join(" | ", cells) + " |");
        return this;
    }

    @Override
    public String toString() {
        return String.join("\n", lines) + "\n";
    }
}
