/**
 * The benchmark {@code bin/bench}: fio against dmuser and its peers, side by side on one machine.
 *
 * <pre>
 *   BenchCommand     what the user asks for
 *     Session        starts all contenders, measures in turn, takes everything down
 *       contender    one small class each: how to start a server, and which file to measure
 *       fio          the rows, and one run of fio
 *       report       medians, ratios, goals; JSON, Markdown, SVG
 * </pre>
 *
 * <p>All contenders are up during the whole run and take turns, row by row, so that noise of the machine hits all
 * alike. One thread does everything, so nothing of the benchmark's own runs beside a measurement.
 */
package org.dmuser.bench;
