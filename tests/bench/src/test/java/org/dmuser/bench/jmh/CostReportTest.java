package org.dmuser.bench.jmh;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CostReportTest {
    private static Cost cost(String benchmark, Map<String, String> parameters, double ns, double bytes) {
        return new Cost(benchmark, parameters, ns, 3, bytes);
    }

    private static Cost layers(int count, double ns) {
        return cost("LinearLayer.write", Map.of("layers", Integer.toString(count)), ns, 0);
    }

    private static void assertContains(String part, String text) {
        assertTrue(text.contains(part), () -> "'" + part + "' in " + text);
    }

    @Test
    void shouldSetEachCostInALine() {
        String page = new CostReport(List.of(layers(2, 412.4))).page("On a machine.");

        assertContains("| LinearLayer.write, layers 2 | 412 | 3 | 0.0 |", page);
        assertContains("On a machine.", page);
    }

    @Test
    void shouldJudgeWhatWasMeasured() {
        String page = new CostReport(List.of(
                        layers(0, 100),
                        layers(3, 700),
                        cost("DirectRoundTrip.message", Map.of(), 299.9, 0),
                        cost("MemoryRoundTrip.flush", Map.of("handler", "PROCESS"), 2600, 24)))
                .page("");

        assertContains("| one more linear layer, ns | under 200.0 | 200.0 | **no** |", page);
        assertContains("| direct round trip without FUSE, ns | under 300.0 | 299.9 | yes |", page);
        assertContains("while both spin, ns | under 2500.0 | 2600.0 | **no** |", page);
        assertContains("most of both channels | under 0.5 | 24.0 | **no** |", page);
    }

    @Test
    void shouldSayNothingOfWhatWasNot() {
        String page = new CostReport(List.of(layers(0, 100))).page("");

        assertFalse(page.contains("one more linear layer"), page);
    }
}
