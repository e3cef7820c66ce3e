package org.dmuser.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalDouble;
import org.dmuser.bench.fio.FioFigures;
import org.dmuser.bench.fio.Row;
import org.junit.jupiter.api.Test;

class ResultsTest {
    @Test
    void shouldTakeTheMedianOfEachRow() {
        Results results = Results.of(List.of(
                Made.sample("a", Row.R4K, 3000),
                Made.sample("a", Row.W4K, 7),
                Made.sample("a", Row.R4K, 1000),
                Made.sample("a", Row.R4K, 2000)));

        Figure figure = results.figure("a", Row.R4K).orElseThrow();
        assertEquals(2000, figure.value());
        assertEquals(1.0, figure.spread());
        assertEquals(3, figure.samples().size());
        assertEquals(7, results.figure("a", Row.W4K).orElseThrow().value());
    }

    @Test
    void shouldRelateMedians() {
        Results results = Results.of(List.of(Made.sample("a", Row.R4K, 3000), Made.sample("b", Row.R4K, 2000)));

        assertEquals(OptionalDouble.of(1.5), results.ratio("a", "b", Row.R4K));
        assertEquals(OptionalDouble.empty(), results.ratio("a", "b", Row.W4K));
        assertEquals(OptionalDouble.empty(), results.ratio("a", "c", Row.R4K));
    }

    @Test
    void shouldKnowWhatWasMeasured() {
        Results results = Results.of(List.of(Made.sample("a", Row.R4K, 3000)));

        assertTrue(results.has("a"));
        assertFalse(results.has("b"));
        assertTrue(results.has(Row.R4K));
        assertFalse(results.has(Row.W4K));
    }

    @Test
    void shouldSpreadProcessorTimeOverRequests() {
        FioFigures figures = new FioFigures(1000, 500, 500 << 20, 1, 2, 3_000_000);

        Sample small = Sample.of("a", Row.R4K, figures, 7_000_000);
        assertEquals(7_000, small.serverNs());
        assertEquals(3_000, small.fioNs());
        assertEquals(500, small.value());
        assertEquals(500 << 20, Sample.of("a", Row.R1M, figures, 0).value());
    }
}
