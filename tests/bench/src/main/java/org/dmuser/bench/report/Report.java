package org.dmuser.bench.report;

/** What came out of a run: a page, a picture and JSON. */
public interface Report {
    /** All samples, for programs. */
    String json();

    /** The figures as bars, in SVG. */
    String chart();

    /** The whole page in Markdown; {@code chart} is the name of the picture beside it. */
    String page(String chart);

    /** The tables of the page alone, for a terminal. */
    String tables();
}
