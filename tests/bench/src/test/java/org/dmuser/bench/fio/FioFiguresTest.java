package org.dmuser.bench.fio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FioFiguresTest {
    private static final String SIDE =
            "{\"total_ios\": %d, \"iops\": 12345.5, \"bw_bytes\": 50567168, \"clat_ns\": {\"mean\": 1.0%s}}";
    private static final String PERCENTILES =
            ", \"percentile\": {\"1.000000\": 5, \"50.000000\": 9024, \"99.000000\": 21120}";

    private static String output(int error, String read, String write) {
        return ("{\"fio version\": \"fio-3.33\", \"jobs\": [{\"error\": %d, \"job_runtime\": 2000,"
                        + " \"usr_cpu\": 2.5, \"sys_cpu\": 7.5, \"read\": %s, \"write\": %s}]}")
                .formatted(error, read, write);
    }

    private static String side(long requests) {
        return SIDE.formatted(requests, PERCENTILES);
    }

    @Test
    void shouldTellOfReads() {
        FioFigures figures = FioFigures.parse(output(0, side(24691), side(0)));

        assertEquals(new FioFigures(24691, 12345.5, 50567168, 9024, 21120, 2e8), figures);
    }

    @Test
    void shouldTellOfWrites() {
        assertEquals(7, FioFigures.parse(output(0, side(0), side(7))).requests());
    }

    @Test
    void shouldDoWithoutPercentiles() {
        FioFigures figures = FioFigures.parse(output(0, SIDE.formatted(1, ""), side(0)));

        assertEquals(0, figures.medianNs());
    }

    @Test
    void shouldRefuseWhatTellsOfAnError() {
        Exception problem =
                assertThrows(IllegalArgumentException.class, () -> FioFigures.parse(output(5, side(24691), side(0))));

        assertTrue(problem.getMessage().contains("error number 5"), problem::getMessage);
    }

    @Test
    void shouldRefuseWhatTellsOfNoRequest() {
        assertThrows(IllegalArgumentException.class, () -> FioFigures.parse(output(0, side(0), side(0))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fio: no such file", "{}", "{\"jobs\": []}", "{\"jobs\": [{}]}", "{\"jobs\": ["})
    void shouldRefuseWhatIsNotOfFio(String text) {
        assertThrows(IllegalArgumentException.class, () -> FioFigures.parse(text));
    }
}
