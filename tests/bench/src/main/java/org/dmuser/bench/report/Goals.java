package org.dmuser.bench.report;

import static org.dmuser.bench.contender.Contenders.CEILING;
import static org.dmuser.bench.contender.Contenders.DAEMON_1;
import static org.dmuser.bench.contender.Contenders.DAEMON_4;
import static org.dmuser.bench.contender.Contenders.EMBEDDED;
import static org.dmuser.bench.contender.Contenders.EMBEDDED_JNR;
import static org.dmuser.bench.contender.Contenders.EMBEDDED_POLL_OFF;
import static org.dmuser.bench.contender.Contenders.LOOP_CEILING;
import static org.dmuser.bench.contender.Contenders.LOOP_EMBEDDED;
import static org.dmuser.bench.contender.Contenders.NBDKIT;
import static org.dmuser.bench.contender.Contenders.QEMU;
import static org.dmuser.bench.contender.Contenders.STOCK_JNR;

import java.util.List;
import org.dmuser.bench.fio.Row;

/** How fast dmuser is to be, on two cores. */
public final class Goals {
    private static final List<Row> SMALL = List.of(Row.R4K, Row.W4K);
    private static final List<Row> OTHERS =
            Row.FILE.stream().filter(row -> !SMALL.contains(row)).toList();

    /** In the order of the report. */
    public static final List<Goal> ALL = List.of(
            Goal.each(EMBEDDED, CEILING, SMALL, 1.5),
            Goal.each(EMBEDDED, CEILING, OTHERS, 0.95),
            Goal.mean(EMBEDDED, CEILING, Row.FILE, 1.3),
            Goal.each(EMBEDDED, NBDKIT, Row.FILE, 2.5),
            Goal.each(EMBEDDED, QEMU, Row.FILE, 1.5),
            Goal.each(DAEMON_1, CEILING, SMALL, 1.2),
            Goal.each(DAEMON_1, NBDKIT, Row.FILE, 2.5),
            Goal.each(DAEMON_1, QEMU, Row.FILE, 1.2),
            Goal.each(DAEMON_4, CEILING, SMALL, 1.2),
            Goal.each(DAEMON_4, NBDKIT, Row.FILE, 2.5),
            Goal.each(DAEMON_4, QEMU, Row.FILE, 1.2),
            Goal.each(LOOP_EMBEDDED, LOOP_CEILING, Row.LOOP, 1.0),
            Goal.each(EMBEDDED_JNR, STOCK_JNR, Row.FILE, 1.0),
            Goal.each(EMBEDDED_POLL_OFF, CEILING, Row.FILE, 0.9));

    private Goals() {}
}
