package org.dmuser.sdk.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.dmuser.sdk.DeviceInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistrationTest {
    @TempDir
    private Path run;

    private DeviceInfo device(String name) {
        return new DeviceInfo(name, 512, false, Optional.of(run));
    }

    @Test
    void shouldSayWhereTheDataIsUntilItIsClosed() throws IOException {
        Path data = run.resolve("store");
        Registration registration = Registration.make(device("disk"), data).orElseThrow();
        assertEquals(Optional.of(data), Registration.find(run, "disk"));
        assertEquals(Optional.empty(), Registration.find(run, "other"));
        registration.close();
        assertEquals(Optional.empty(), Registration.find(run, "disk"));
        assertTrue(Files.notExists(run.resolve("daemon")));
    }

    @Test
    void shouldGiveWayToTheNext() throws IOException {
        Registration first =
                Registration.make(device("disk"), run.resolve("one")).orElseThrow();
        Registration second =
                Registration.make(device("disk"), run.resolve("two")).orElseThrow();
        first.close();
        assertEquals(Optional.of(run.resolve("two")), Registration.find(run, "disk"));
        second.close();
    }

    @Test
    void shouldTellNamesApart() throws IOException {
        List<String> names = List.of("a/b", "a_b", "a%2Fb", "a%b");
        for (String name : names) {
            Registration.make(device(name), run.resolve("of " + name.replace('/', ':')))
                    .orElseThrow();
        }
        for (String name : names) {
            assertEquals(Optional.of(run.resolve("of " + name.replace('/', ':'))), Registration.find(run, name));
        }
    }

    @Test
    void shouldKeepToItsDirectory() throws IOException {
        Registration registration =
                Registration.make(device("../disk"), run.resolve("store")).orElseThrow();
        assertTrue(Files.isSymbolicLink(run.resolve("daemon/..%2Fdisk")));
        assertEquals(Optional.of(run.resolve("store")), Registration.find(run, "../disk"));
        registration.close();
    }

    @Test
    void shouldDoNothingWithoutARunDirectory() throws IOException {
        assertTrue(Registration.make(new DeviceInfo("disk", 512, false), run).isEmpty());
    }

    /** The directory goes with the last of them, and comes with the next. */
    @Test
    void shouldBeMadeWhileOthersGo() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        Thread other = new Thread(() -> {
            while (!done.get()) {
                comeAndGo("other", failures);
            }
        });
        other.start();
        for (int i = 0; i < 500; i++) {
            comeAndGo("disk", failures);
        }
        done.set(true);
        other.join();
        assertEquals(List.of(), failures);
    }

    private void comeAndGo(String name, List<Throwable> failures) {
        try {
            Registration registration =
                    Registration.make(device(name), run.resolve("store")).orElseThrow();
            assertTrue(Registration.find(run, name).isPresent());
            registration.close();
        } catch (IOException | AssertionError e) {
            failures.add(e);
        }
    }
}
