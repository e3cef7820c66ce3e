package org.dmuser.cli.dmsetup;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Rows and columns as text, in the ways of dmsetup's options. */
final class Report {
    private final Session session;
    private final List<ReportField> fields;
    private final boolean headings;
    private final boolean prefixes;
    private final boolean aligned;
    private final String separator;

    Report(Session session, List<ReportField> fields) {
        this.session = session;
        this.fields = fields;
        this.headings = !session.has(Switch.NOHEADINGS);
        this.prefixes = session.has(Switch.NAMEPREFIXES);
        this.separator = session.arguments().value(Switch.SEPARATOR, headings ? " " : ":");
        this.aligned = headings
                && !session.has(Switch.SEPARATOR)
                && !prefixes
                && !session.has(Switch.ROWS)
                // A single column has nothing to be aligned to, but is filled up all the same.
                && !fields.isEmpty();
    }

    /** @param rows the cells of each row, in the order of the columns */
    String text(List<List<String>> rows) {
        List<List<String>> lines = new ArrayList<>();
        if (headings) {
            lines.add(fields.stream().map(ReportField::heading).toList());
        }
        for (List<String> row : rows) {
            lines.add(IntStream.range(0, row.size())
                    .mapToObj(i -> prefixed(fields.get(i), row.get(i)))
                    .toList());
        }
        if (session.has(Switch.ROWS)) {
            lines = turned(lines);
        }
        StringBuilder text = new StringBuilder();
        int[] widths = widths(rows);
        for (int i = 0; i < lines.size(); i++) {
            append(text, lines.get(i), widths, headings && i == 0);
        }
        return text.toString();
    }

    private String prefixed(ReportField field, String cell) {
        if (!prefixes) {
            return cell;
        }
        String quote = session.has(Switch.UNQUOTED) ? "" : "'";
        return "DM_" + field.id().toUpperCase(Locale.ROOT) + "=" + quote + cell + quote;
    }

    private static List<List<String>> turned(List<List<String>> lines) {
        List<List<String>> columns = new ArrayList<>();
        for (int i = 0; !lines.isEmpty() && i < lines.get(0).size(); i++) {
            int column = i;
            columns.add(lines.stream().map(line -> line.get(column)).toList());
        }
        return columns;
    }

    private int[] widths(List<List<String>> rows) {
        int[] widths = fields.stream().mapToInt(ReportField::width).toArray();
        if (!session.has(Switch.UNBUFFERED)) {
            for (List<String> row : rows) {
                for (int i = 0; i < widths.length; i++) {
                    widths[i] = Math.max(widths[i], row.get(i).length());
                }
            }
        }
        return widths;
    }

    private void append(StringBuilder text, List<String> cells, int[] widths, boolean heading) {
        for (int i = 0; i < cells.size(); i++) {
            if (i > 0) {
                text.append(separator);
            }
            if (aligned) {
                pad(text, cells.get(i), widths[i], heading || !fields.get(i).isNumber());
            } else {
                text.append(cells.get(i));
            }
        }
        text.append('\n');
    }

    private static void pad(StringBuilder text, String cell, int width, boolean toTheLeft) {
        String padding = " ".repeat(Math.max(0, width - cell.length()));
        text.append(toTheLeft ? cell + padding : padding + cell);
    }
}
