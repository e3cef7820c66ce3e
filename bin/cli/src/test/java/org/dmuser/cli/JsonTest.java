package org.dmuser.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Queries that answer in JSON without a service. */
@Timeout(120)
final class JsonTest {
    private static String run(String... words) {
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            assertEquals(0, Dmuser.run(words));
            return out.toString(StandardCharsets.UTF_8);
        } finally {
            System.setOut(before);
        }
    }

    @Test
    void shouldListHandlersWithTheirSettings() {
        String json = run("handlers", "--json");
        assertTrue(json.startsWith("{\"handlers\": [{\"name\": \""), json);
        assertTrue(
                json.contains("{\"name\": \"readonly\", \"form\": \"true|false\", \"meaning\": \"never write to it\","
                        + " \"default\": \"false\"}"),
                json);
        assertEquals(1, json.lines().count(), json);
    }

    @Test
    void shouldListNoChannelsWhereThereAreNone(@TempDir Path directory) {
        assertEquals("[]\n", run("--run-dir", directory.toString(), "channels", "--json"));
    }
}
