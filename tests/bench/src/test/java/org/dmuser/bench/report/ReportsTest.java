package org.dmuser.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.dmuser.bench.contender.Contender;
import org.dmuser.bench.contender.Contenders;
import org.dmuser.bench.fio.Row;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class ReportsTest {
    private final List<Contender> contenders = List.copyOf(Contenders.all().values());
    private final Results results = Made.results(
            Made.even(Contenders.CEILING, Row.FILE, 50_000),
            Made.even(Contenders.EMBEDDED, Row.FILE, 80_000),
            Made.even(Contenders.LOOP_CEILING, Row.LOOP, 20_000),
            Made.even(Contenders.LOOP_EMBEDDED, Row.LOOP, 10_000));

    private String page() {
        return new FioReport(Made.conditions(), results, contenders).page("quick.svg");
    }

    private static void assertContains(String part, String text) {
        assertTrue(text.contains(part), () -> "'" + part + "' in " + text);
    }

    @Test
    void shouldBeginWithCaveats() {
        String page = page();

        assertTrue(page.indexOf("Caveats first") < page.indexOf("## "), page);
    }

    @Test
    void shouldShowFiguresAndRatios() {
        String page = page();

        assertContains("| ceiling | 50.0k | 50.0k | 50.0k | 50.0k | 0 | 0 | 0 | 0 |", page);
        assertContains("| **embedded** | 1.60 | 1.60 |", page);
        assertContains("| **loop-embedded** | 0.50 | 0.50 | 0.50 | 0.50 |", page);
        assertContains("12.3 + 10.0", page);
        assertContains("9.0 / 21.0", page);
        assertFalse(page.contains("nbdkit |"), page);
    }

    @Test
    void shouldJudgeWhatWasMeasured() {
        String page = page();

        assertContains("| embedded | ceiling | 1.50 each | 1.60 | yes | r4k 1.60, w4k 1.60 |", page);
        assertContains("| loop-embedded | loop-ceiling | 1.00 each | 0.50 | **no** |", page);
        assertFalse(page.contains("| embedded | nbdkit |"), page);
    }

    @Test
    void shouldHaveLinesOfATableThatFit() {
        int cells = -1;
        for (String line : page().lines().toList()) {
            int now = line.startsWith("|") ? line.split("\\|", -1).length : -1;
            assertTrue(cells == -1 || now == -1 || cells == now, line);
            cells = now;
        }
    }

    @Test
    void shouldTellTheConditions() {
        assertContains("| processor | Some Processor, 2 cores |", page());
        assertContains("each row 1.25 s, 3 times in turn", page());
    }

    @Test
    void shouldWarnOfAMachineThatWasBusy() {
        assertFalse(page().contains("machine was busy"), page());
        Conditions it = Made.conditions();
        Conditions busy = new Conditions(
                it.date(),
                it.quick(),
                it.perRow(),
                it.repetitions(),
                it.size(),
                it.cores(),
                it.processor(),
                it.memory(),
                it.kernel(),
                0.51,
                it.versions());

        assertContains("machine was busy", new FioReport(busy, results, contenders).page("quick.svg"));
    }

    @Test
    void shouldDrawABarForEachFigure() throws Exception {
        Document svg = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(SvgChart.of(results, contenders))));

        // One for the background.
        assertEquals(
                1 + results.figures().size(), svg.getElementsByTagName("rect").getLength());
        assertEquals(Row.values().length, svg.getElementsByTagName("line").getLength());
    }

    @Test
    void shouldKeepAllSamplesForPrograms() {
        JsonObject json = JsonParser.parseString(JsonReport.of(Made.conditions(), results))
                .getAsJsonObject();

        assertEquals(
                "2025-03-01", json.getAsJsonObject("conditions").get("date").getAsString());
        assertEquals(results.figures().size(), json.getAsJsonArray("figures").size());
        JsonObject first = json.getAsJsonArray("figures").get(0).getAsJsonObject();
        assertEquals("r4k", first.get("row").getAsString());
        assertEquals(1, first.getAsJsonArray("samples").size());
    }
}
