package org.dmuser.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class StatisticsTest {
    private static final double EXACT = 1e-9;

    @Test
    void shouldFindTheMiddleOne() {
        assertEquals(3, Statistics.median(List.of(100.0, 1.0, 3.0)), EXACT);
    }

    @Test
    void shouldFindTheMiddleBetweenTwo() {
        assertEquals(2.5, Statistics.median(List.of(4.0, 1.0, 2.0, 3.0)), EXACT);
    }

    @Test
    void shouldMakeOnceOfTwiceAndHalf() {
        assertEquals(1, Statistics.geometricMean(List.of(2.0, 0.5)), EXACT);
    }

    @Test
    void shouldRelateTheSpreadToTheMedian() {
        assertEquals(0.3, Statistics.spread(List.of(10.0, 12.0, 9.0)), EXACT);
    }

    @Test
    void shouldRefuseNothing() {
        assertThrows(IllegalArgumentException.class, () -> Statistics.median(List.of()));
    }
}
