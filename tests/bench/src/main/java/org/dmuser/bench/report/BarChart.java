package org.dmuser.bench.report;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Bars: panels, two beside each other, in each a bar for everybody who was measured, with its figure behind it. Bars of
 * a panel have one scale; a line marks the end of the bar that others are compared with.
 *
 * <pre>
 *   4k read                      4k write
 *   nbdkit    ###|  12.7k        ...
 *   ceiling   ###|#### 50.1k
 *   embedded  ###|######### 90k
 * </pre>
 */
public final class BarChart {
    /** Of a bar. */
    public enum Colour {
        /** What the project makes. */
        OURS("#2f6fb0"),
        /** What others make. */
        PEER("#a8a8a8"),
        /** What all are compared with. */
        REFERENCE("#555555");

        private final String code;

        Colour(String code) {
            this.code = code;
        }
    }

    /**
     * A bar.
     *
     * @param text of its value, for people
     */
    public record Bar(String label, double value, String text, Colour colour) {}

    /**
     * Bars of one scale.
     *
     * @param mark the value that is marked
     */
    public record Panel(String title, List<Bar> bars, OptionalDouble mark) {
        private double most() {
            return bars.stream().mapToDouble(Bar::value).max().orElseThrow();
        }
    }

    private static final int COLUMNS = 2;
    private static final int PANEL_WIDTH = 480;
    private static final int LABEL_WIDTH = 130;
    private static final int VALUE_WIDTH = 60;
    private static final int BAR_WIDTH_MAX = PANEL_WIDTH - LABEL_WIDTH - VALUE_WIDTH - 20;
    private static final int LINE_HEIGHT = 16;
    private static final int BAR_HEIGHT = 11;
    private static final int TITLE_HEIGHT = 34;

    private final StringBuilder svg = new StringBuilder();

    private BarChart() {}

    /** @param panels each with a bar at least */
    public static String of(List<Panel> panels) {
        BarChart chart = new BarChart();
        chart.draw(panels);
        return chart.svg.toString();
    }

    private void draw(List<Panel> panels) {
        int height = 0;
        for (int i = 0; i < panels.size(); i++) {
            panel(panels.get(i), i % COLUMNS * PANEL_WIDTH, height);
            if (i % COLUMNS == COLUMNS - 1 || i == panels.size() - 1) {
                List<Panel> beside = panels.subList(i - i % COLUMNS, i + 1);
                height += panelHeight(
                        beside.stream().mapToInt(it -> it.bars().size()).max().orElse(0));
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

    private void panel(Panel panel, int x, int y) {
        double perPixel = panel.most() / BAR_WIDTH_MAX;
        text(x + 10, y + 22, "start", "13", panel.title());
        int top = y + TITLE_HEIGHT;
        // Before the bars, so that it is behind their figures.
        panel.mark()
                .ifPresent(value -> mark(
                        x + LABEL_WIDTH + value / perPixel, top, panel.bars().size()));
        int line = top;
        for (Bar bar : panel.bars()) {
            bar(bar, x, line, perPixel);
            line += LINE_HEIGHT;
        }
    }

    private void mark(double at, int top, int bars) {
        svg.append(format(
                "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"%s\" stroke-dasharray=\"3 3\"/>%n",
                at, top - 4, at, top + LINE_HEIGHT * bars, Colour.REFERENCE.code));
    }

    private void bar(Bar bar, int x, int y, double perPixel) {
        double width = bar.value() / perPixel;
        text(x + LABEL_WIDTH - 6, y + BAR_HEIGHT - 1, "end", "11", bar.label());
        svg.append(format(
                "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n",
                x + LABEL_WIDTH, y, width, BAR_HEIGHT, bar.colour().code));
        text(x + LABEL_WIDTH + (int) width + 5, y + BAR_HEIGHT - 1, "start", "11", bar.text());
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
