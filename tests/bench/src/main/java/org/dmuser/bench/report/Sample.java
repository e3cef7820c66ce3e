package org.dmuser.bench.report;

import org.dmuser.bench.fio.FioFigures;
import org.dmuser.bench.fio.Row;

/**
 * One measurement of one row.
 *
 * @param value requests per second where the row counts those, otherwise bytes per second
 * @param medianNs half of the requests took no longer
 * @param p99Ns 99 of a hundred took no longer
 * @param serverNs processor time of all the contender's processes per request
 * @param fioNs processor time of fio per request; where the kernel works in fio's name, that is in here
 */
public record Sample(
        String contender, Row row, double value, double medianNs, double p99Ns, double serverNs, double fioNs) {
    /** @param serverNs processor time of all the contender's processes during the whole run */
    public static Sample of(String contender, Row row, FioFigures figures, double serverNs) {
        return new Sample(
                contender,
                row,
                row.countsRequests() ? figures.requestsPerSecond() : figures.bytesPerSecond(),
                figures.medianNs(),
                figures.p99Ns(),
                serverNs / figures.requests(),
                figures.processorNs() / figures.requests());
    }

    /** Its value, as in the tables. */
    public String text() {
        return Scale.value(row, value);
    }
}
