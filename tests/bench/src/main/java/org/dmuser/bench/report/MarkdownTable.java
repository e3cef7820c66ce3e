package org.dmuser.bench.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A table of a page, line by line. */
public final class MarkdownTable {
    private final List<String> lines = new ArrayList<>();

    public MarkdownTable(List<String> titles) {
        row(titles);
        row(Collections.nCopies(titles.size(), "---"));
    }

    /** Adds a line, which has as many cells as there are titles. */
    public MarkdownTable row(List<String> cells) {
        lines.add("| " + String.join(" | ", cells) + " |");
        return this;
    }

    @Override
    public String toString() {
        return String.join("\n", lines) + "\n";
    }
}
