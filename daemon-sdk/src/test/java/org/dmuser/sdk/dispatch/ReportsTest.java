package org.dmuser.sdk.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ReportsTest {
    private final List<String> lines = new ArrayList<>();
    private long nowNs = Long.MAX_VALUE - 1;
    private final Reports reports = new Reports(lines::add, () -> nowNs);

    @Test
    void shouldLeaveOutWhatIsTooMuchAndSaySo() {
        for (int i = 0; i < 25; i++) {
            reports.add("line " + i);
        }
        assertEquals(Reports.LINES_PER_SECOND, lines.size());
        nowNs += TimeUnit.SECONDS.toNanos(1);
        reports.add("later");
        assertEquals("and 15 more like these", lines.get(10));
        assertEquals("later", lines.get(11));
    }

    @Test
    void shouldPassOnEverythingAtAnEasyPace() {
        for (int i = 0; i < 100; i++) {
            reports.add("line " + i);
            nowNs += TimeUnit.MILLISECONDS.toNanos(150);
        }
        assertEquals(100, lines.size());
    }

    @Test
    void shouldCountWhatWasLost() {
        reports.lost();
        reports.startSecond();
        assertEquals(List.of("and 1 more like these"), lines);
    }
}
