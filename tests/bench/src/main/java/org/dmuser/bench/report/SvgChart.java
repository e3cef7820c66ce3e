package org.dmuser.bench.report;

import java.util.List;
import java.util.Locale;
import org.dmuser.bench.contender.Contender;
import org.dmuser.bench.contender.Contenders;
import org.dmuser.bench.fio.Row;

/**
 * Bars: a panel for each row, in it a bar for each contender, with its figure behind it. Bars of a panel have one
 * scale; a line marks where the C server ends.
 *
 * <pre>
 *   4k read                      4k write
 *   nbdkit    ###|  12.7k        ...
 *   ceiling   ###|#### 50.1k
 *   embedded  ###|######### 90k
 * </pre>
 */
public final class SvgChart {
    private static final int COLUMNS = 2;
    private static final int PANEL_WIDTH = 480;
    private static final int LABEL_WIDTH = 130;
    private static final int VALUE_WIDTH = 60;
    private static final int BAR_WIDTH_MAX = PANEL_WIDTH - LABEL_WIDTH - VALUE_WIDTH - 20;
    private static final int LINE_HEIGHT = 16;
    private static final int BAR_HEIGHT = 11;
    private static final int TITLE_HEIGHT = 34;

    private static final String OURS = "#2f6fb0";
    private static final String PEERS = "#a8a8a8";
    private static final String CEILING = "#555555";

    private final Results results;
    private final List<Contender> contenders;
    private final StringBuilder svg = new StringBuilder();

    private SvgChart(Results results, List<Contender> contenders) {
        this.results = results;
        this.contenders = contenders;
    }

    /** @param contenders from top to bottom */
    public static String of(Results results, List<Contender> contenders) {
        SvgChart chart = new SvgChart(
                results,
                contenders.stream().filter(it -> results.has(it.name())).toList());
        chart.draw();
        return chart.svg.toString();
    }

    private void draw() {
        List<Row> rows = List.of(Row.values()).stream().filter(results::has).toList();
        int height = 0;
        for (int i = 0; i < rows.size(); i++) {
            panel(rows.get(i), i % COLUMNS * PANEL_WIDTH, height);
            if (i % COLUMNS == COLUMNS - 1 || i == rows.size() - 1) {
                List<Row> beside = rows.subList(i - i % COLUMNS, i + 1);
                height += panelHeight(beside.stream().mapToInt(this::bars).max().orElse(0));
            }
        }
        svg.insert(
                0,
                format(
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
                                + " font-size=\"11\">%n<rect width=\"%1$d\" height=\"%2$d\" fill=\"white\"/>%n",
                        PANEL_WIDTH * COLUMNS, height));
        svg.append("</svg>\n");
    }

    private static int panelHeight(int bars) {
        return TITLE_HEIGHT + LINE_HEIGHT * bars + 8;
    }

    private int bars(Row row) {
        return (int) contenders.stream()
                .filter(it -> results.figure(it.name(), row).isPresent())
                .count();
    }

    private void panel(Row row, int x, int y) {
        double most = contenders.stream()
                .mapToDouble(it -> value(it.name(), row))
                .max()
                .orElseThrow();
        double perPixel = most / BAR_WIDTH_MAX;
        text(x + 10, y + 22, "start", "13", row.title() + (row.countsRequests() ? ", IOPS" : ", MB/s"));
        int top = y + TITLE_HEIGHT;
        mark(row, x + LABEL_WIDTH, top, perPixel);
        int line = top;
        for (Contender contender : contenders) {
            if (results.figure(contender.name(), row).isPresent()) {
                bar(contender, row, x, line, perPixel);
                line += LINE_HEIGHT;
            }
        }
    }

    /** Drawn before the bars, so that it is behind their figures. */
    private void mark(Row row, int left, int top, double perPixel) {
        double reference = value(Contenders.reference(row), row);
        if (reference > 0) {
            double at = left + reference / perPixel;
            svg.append(format(
                    "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"%s\" stroke-dasharray=\"3 3\"/>%n",
                    at, top - 4, at, top + LINE_HEIGHT * bars(row), CEILING));
        }
    }

    private void bar(Contender contender, Row row, int x, int y, double perPixel) {
        double value = value(contender.name(), row);
        double width = value / perPixel;
        text(x + LABEL_WIDTH - 6, y + BAR_HEIGHT - 1, "end", "11", contender.name());
        svg.append(format(
                "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n",
                x + LABEL_WIDTH, y, width, BAR_HEIGHT, colour(contender, row)));
        text(x + LABEL_WIDTH + (int) width + 5, y + BAR_HEIGHT - 1, "start", "11", Scale.value(row, value));
    }

    private static String colour(Contender contender, Row row) {
        if (contender.name().equals(Contenders.reference(row))) {
            return CEILING;
        }
        return contender.isOurs() ? OURS : PEERS;
    }

    private double value(String contender, Row row) {
        return results.figure(contender, row).map(Figure::value).orElse(0.0);
    }

    private void text(int x, int y, String anchor, String size, String content) {
        String escaped = content.replace("&", "&amp;").replace("<", "&lt;");
        svg.append(format(
                "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" font-size=\"%s\">%s</text>%n",
                x, y, anchor, size, escaped));
    }

    private static String format(String text, Object... values) {
        return String.format(Locale.ROOT, text, values);
    }
}
