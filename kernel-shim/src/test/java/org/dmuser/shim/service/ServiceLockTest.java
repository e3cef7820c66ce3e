package org.dmuser.shim.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServiceLockTest {
    @TempDir
    private Path directory;

    private RunDirectory run;

    @BeforeEach
    void makeDirectory() throws IOException {
        run = new RunDirectory(directory.resolve("run"));
        run.make();
    }

    @Test
    void shouldHoldTheProcessIdAndNameItToTheNext() throws IOException {
        String pid = Long.toString(ProcessHandle.current().pid());
        try (ServiceLock lock = ServiceLock.take(run)) {
            assertEquals(pid, Files.readString(run.lock()).strip(), lock::toString);
        }
        try (ServiceLock lock = ServiceLock.take(run)) {
            String message = assertThrows(ServiceException.class, () -> ServiceLock.take(run), lock::toString)
                    .getMessage();
            assertTrue(message.contains("(process " + pid + ") already runs on " + run), message);
        }
    }

    @Test
    void shouldBeTakenAgainAfterItWasGivenUp() throws IOException {
        ServiceLock.take(run).close();
        assertFalse(Files.exists(run.lock()));
        ServiceLock.take(run).close();
    }

    @Test
    void shouldTakeAFileThatADeadServiceLeft() throws IOException {
        Files.writeString(run.lock(), "4194305\n");
        ServiceLock.take(run).close();
    }
}
