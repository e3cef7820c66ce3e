package org.dmuser.bench.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.dmuser.bench.report.Conditions;
import org.junit.jupiter.api.Test;

class BackupReportTest {
    private final Measurements measurements = new Measurements(List.of(
            new Measurement(Quantity.FIRST, Who.RESTIC, 30, 50),
            new Measurement(Quantity.FIRST, Who.DMUSER, 10, 18),
            new Measurement(Quantity.NEXT_FILES, Who.RESTIC, 9, 12),
            new Measurement(Quantity.NEXT_FILES, Who.DMUSER, 0.5, 0.4),
            new Measurement(Quantity.MOUNT_FIRST_BYTE, Who.DMUSER, 0.012)));

    private static Conditions conditions(double load) {
        return new Conditions(
                LocalDate.of(2025, 3, 1),
                false,
                Duration.ofSeconds(5),
                3,
                4L << 30,
                2,
                "Some Processor",
                24L << 30,
                "6.1.0",
                load,
                List.of("restic 0.14"));
    }

    private BackupReport report(double load) {
        return new BackupReport(conditions(load), BackupPlan.full(3), measurements);
    }

    private static void assertContains(String part, String text) {
        assertTrue(text.contains(part), () -> "'" + part + "' in " + text);
    }

    @Test
    void shouldJudgeWhatWasMeasured() {
        String page = report(0.1).page("backup.svg");

        assertContains("| first backup | dmuser | at least 1.50 times restic | 3.00 | yes |", page);
        assertContains(
                "| backup after 1 % changed, in files | dmuser | at least 30 times restic | 18 | **no** |", page);
        assertContains("| under 300 ms | 12 ms | yes |", page);
        assertFalse(page.contains("| restore | dmuser | at least"), page);
    }

    @Test
    void shouldShowFigures() {
        String page = report(0.1).page("backup.svg");

        assertContains("| first backup | restic | 30.00 s | 0 % | 50.00 s |", page);
        assertContains("| backup after 1 % changed, in files | **dmuser** | 500 ms | 0 % | 0.40 s |", page);
        assertContains("| image | 4 GiB, an ext4 with 2 GiB of", page);
    }

    @Test
    void shouldWarnOfAMachineThatWasBusy() {
        assertContains("machine was busy", report(3).page("backup.svg"));
        assertFalse(report(0.1).page("backup.svg").contains("machine was busy"));
    }

    @Test
    void shouldDrawABarForEachMedian() {
        String chart = report(0.1).chart();

        // One for the background.
        assertEquals(1 + 5, chart.split("<rect ", -1).length - 1);
    }

    @Test
    void shouldKeepAllMeasurementsForPrograms() {
        JsonObject json = JsonParser.parseString(report(0.1).json()).getAsJsonObject();

        assertEquals(5, json.getAsJsonArray("measurements").size());
        JsonObject first = json.getAsJsonArray("measurements").get(0).getAsJsonObject();
        assertEquals("FIRST", first.get("quantity").getAsString());
        assertEquals(30, first.get("value").getAsDouble());
    }
}
