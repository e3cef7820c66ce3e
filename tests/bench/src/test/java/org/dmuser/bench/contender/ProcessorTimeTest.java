package org.dmuser.bench.contender;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ProcessorTimeTest {
    @Test
    void shouldAddTimeInUserModeAndInTheKernel() {
        String stat = "4711 (a) (name) S 1 4711 4711 0 -1 4194304 1 2 3 4 250 50 7 8 20 0 17 0 99 0 0";

        assertEquals(3_000_000_000L, ProcessorTime.parse(stat));
    }

    @Test
    void shouldTellTheTimeOfThisProcess() throws IOException {
        assertTrue(ProcessorTime.ofProcess(ProcessHandle.current().pid()) > 0);
    }
}
