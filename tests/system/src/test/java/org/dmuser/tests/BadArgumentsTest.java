package org.dmuser.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dmuser.tests.handlers.NeverLoaded;
import org.dmuser.tests.handlers.NeverMade;
import org.dmuser.tests.handlers.NeverOpened;
import org.dmuser.tests.harness.CliProcess;
import org.dmuser.tests.harness.Needs;
import org.dmuser.tests.harness.Outcome;
import org.dmuser.tests.harness.Requirement;
import org.dmuser.tests.harness.Sandbox;
import org.dmuser.tests.harness.ServiceRig;
import org.dmuser.tests.harness.SystemTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that cannot be carried out: one line on what is wrong, a status that says so, and nothing left. */
@SystemTest
@Needs(Requirement.FUSE)
class BadArgumentsTest {
    private static Outcome run(Sandbox sandbox, String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of("run"));
        command.addAll(List.of(words));
        Outcome outcome = sandbox.dmuser(command.toArray(String[]::new));
        sandbox.requireNothingLeft();
        return outcome;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0", "-1", "1000", "10Q", "1G junk", "1Gjunk", "", "G", "99999999999G", "1.5G", "1KB", "0x10"})
    void shouldRefuseSizes(String size, Sandbox sandbox) throws Exception {
        Path file = sandbox.path("disk");
        run(sandbox, "memory", "--size=" + size, "--at", file.toString()).requireOneLine("'" + size + "'");
        assertFalse(Files.exists(file));
    }

    @ParameterizedTest
    @CsvSource({
        "memorie --size 1M, 'memorie'",
        "no.such.Handler --size 1M, 'no.such.Handler'",
        "java.lang.String --size 1M, java.lang.String",
        "memory colour=red --size 1M, 'colour'",
        "memory colour --size 1M, 'colour'",
        "memory dir=/no/such --size 1M, /no/such",
        "file, path",
        "file path=/no/such/file, /no/such/file",
        "file path=/, /",
        "file path=/dev/null, /dev/null",
        "memory, --size",
        "memory --size 1M --frobnicate, --frobnicate",
        "memory --size 1M --request-timeout 5, '5'",
        "memory --size 1M --request-timeout 0, '0'",
        "memory --size 1M --request-timeout 1ns, '1ns'",
        "memory --size 1M --request-timeout 60000min, '60000min'",
        "memory --size 1M --filter nonsense, 'nonsense'",
        "memory --size 1M --classpath /no/such.jar, /no/such.jar",
        "memory --size 1M --mkfs nonsense --loop, nonsense",
    })
    void shouldRefuseHandlersAndKeys(String words, String named, Sandbox sandbox) throws Exception {
        List<String> command = new ArrayList<>(List.of(words.split(" ")));
        Path file = sandbox.path("disk");
        command.addAll(List.of("--at", file.toString()));
        run(sandbox, command.toArray(String[]::new)).requireOneLine(named);
        assertFalse(Files.exists(file));
    }

    @ParameterizedTest
    @ValueSource(classes = {NeverMade.class, NeverLoaded.class, NeverOpened.class})
    void shouldRefuseHandlersThatCannotBeMade(Class<?> handler, Sandbox sandbox) throws Exception {
        Path file = sandbox.path("disk");
        String[] words = {
            handler.getName(), "--classpath", Sandbox.testClasses().toString()
        };
        run(sandbox, words[0], words[1], words[2], "--size", "1M", "--at", file.toString())
                .requireOneLine(handler.getSimpleName());
        assertFalse(Files.exists(file));
        ServiceRig service = sandbox.serve();
        service.createUser("disk", 2048);
        sandbox.dmuser("attach", "disk", words[0], words[1], words[2]).requireOneLine(handler.getSimpleName());
        sandbox.dmuser("attach", "disk", words[0], words[1], words[2], "--detach")
                .requireOneLine(handler.getSimpleName());
    }

    @Test
    void shouldRefusePlaces(Sandbox sandbox) throws Exception {
        String[] disk = {"memory", "--size", "1M", "--at"};
        Path directory = sandbox.emptyDirectory("directory");
        Path full = Files.writeString(sandbox.path("full"), "do not hide this");
        run(
                        sandbox,
                        disk[0],
                        disk[1],
                        disk[2],
                        disk[3],
                        sandbox.path("missing/disk").toString())
                .requireOneLine(sandbox.path("missing").toString());
        run(sandbox, disk[0], disk[1], disk[2], disk[3], directory.toString()).requireOneLine(directory.toString());
        run(sandbox, disk[0], disk[1], disk[2], disk[3], full.toString()).requireOneLine(full.toString());
        assertEquals("do not hide this", Files.readString(full));
        // Not even root writes there.
        run(sandbox, disk[0], disk[1], disk[2], disk[3], "/proc/sys/disk").requireOneLine("/proc/sys/disk");
    }

    @Test
    void shouldRefusePlaceInUse(Sandbox sandbox) throws Exception {
        Path file = sandbox.path("disk");
        CliProcess first = sandbox.start("run", "memory", "--size", "1M", "--at", file.toString())
                .awaitReady();
        sandbox.dmuser("run", "memory", "--size", "2M", "--at", file.toString()).requireOneLine(file.toString());
        assertEquals(1 << 20, Files.size(file));
        first.signal("INT");
        first.await(Sandbox.SHORT).requireSuccess();
    }

    @Test
    @Needs(Requirement.LOOP)
    void shouldRefuseDirectoriesToMountOn(Sandbox sandbox) throws Exception {
        Path missing = sandbox.path("missing");
        Path file = Files.writeString(sandbox.path("file"), "");
        String[] words = {"memory", "--size", "16M", "--loop", "--mkfs", "ext4", "--mount"};
        run(sandbox, words[0], words[1], words[2], words[3], words[4], words[5], words[6], "" + missing)
                .requireOneLine(missing.toString());
        run(sandbox, words[0], words[1], words[2], words[3], words[4], words[5], words[6], "" + file)
                .requireOneLine(file.toString());
        // There is no file system on it.
        Outcome mount = run(sandbox, "memory", "--size", "16M", "--loop", "--mount", "" + sandbox.emptyDirectory("d"));
        mount.requireOneLine("mount");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "frobnicate", "attach", "attach disk", "create", "run", "remove", "ls --frobnicate"})
    void shouldRefuseCommandLines(String words, Sandbox sandbox) throws Exception {
        Outcome outcome = words.isEmpty() ? sandbox.dmuser() : sandbox.dmuser(words.split(" "));
        outcome.requireOneLine("--help");
        assertEquals(2, outcome.status());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 65})
    void shouldRefuseNumbersOfChannels(int channels, Sandbox sandbox) throws Exception {
        ServiceRig service = sandbox.serve();
        service.createUser("disk", 2048);
        sandbox.dmuser("attach", "disk", "memory", "--channels", Integer.toString(channels))
                .requireOneLine(Integer.toString(channels));
        sandbox.dmuser("attach", "disk", "memory", "--channels", "many").requireOneLine("many");
    }

    @Test
    void shouldRefuseHandlerSmallerThanDevice(Sandbox sandbox) throws Exception {
        ServiceRig service = sandbox.serve();
        service.createUser("disk", 2048);
        Path image = sandbox.randomFile("image", 512 * 1024);
        sandbox.dmuser("attach", "disk", "file", "path=" + image).requireOneLine("file");
    }

    @Test
    void shouldRefuseDeviceWithoutUserTarget(Sandbox sandbox) throws Exception {
        ServiceRig service = sandbox.serve();
        service.run("create", "disk", "--table", "0 8 zero");
        Path image = sandbox.path("image");
        sandbox.dmuser("attach", "disk", "file", "path=" + image, "create=1M").requireOneLine("\"disk\"", "user");
        assertFalse(Files.exists(image), "made for a device that there is not");
    }

    @Test
    void shouldShowHelpOnEverything(Sandbox sandbox) throws Exception {
        String help = sandbox.dmuser("--help").requireSuccess().out();
        for (String command : List.of(
                "run",
                "serve",
                "stop",
                "create",
                "load",
                "suspend",
                "resume",
                "remove",
                "ls",
                "info",
                "status",
                "table",
                "attach",
                "handlers",
                "snapshot",
                "demo")) {
            assertTrue(help.contains("\n  " + command), command + " is missing in " + help);
            String more = sandbox.dmuser(command, "--help").requireSuccess().out();
            assertTrue(more.contains("dmuser " + command), more);
        }
        String handlers = sandbox.dmuser("handlers").requireSuccess().out();
        for (String handler : List.of("file", "memory", "pattern", "snapshot")) {
            assertTrue(handlers.contains(handler), handlers);
        }
    }
}
