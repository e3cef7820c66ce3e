package org.dmuser.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import org.dmuser.tests.harness.Needs;
import org.dmuser.tests.harness.Outcome;
import org.dmuser.tests.harness.Requirement;
import org.dmuser.tests.harness.Sandbox;
import org.dmuser.tests.harness.ServiceRig;
import org.dmuser.tests.harness.SystemTest;
import org.junit.jupiter.api.Test;

/** What is printed is what dmsetup prints. */
@SystemTest
@Needs(Requirement.FUSE)
class DmsetupOutputTest {
    @Test
    void shouldPrintAsDmsetupDoes(Sandbox sandbox) throws Exception {
        ServiceRig service = sandbox.serve();
        assertEquals("No devices found\n", service.run("ls"));
        assertEquals("No devices found\n", service.run("info"));
        assertEquals("No devices found\n", service.run("table"));
        assertEquals("", service.run("create", "one", "--table", "0 1024 zero\n1024 1024 user 0 1024 ctl"));
        Path table = Files.writeString(sandbox.path("table"), "# a comment\n\n0 8 error\n");
        assertEquals("", service.run("create", "two", table.toString()));
        assertEquals(
                "",
                sandbox.dmuserReading("0 16 zero\n", "create", "--readonly", "three")
                        .requireSuccess()
                        .out());

        assertEquals("one\t(252:0)\nthree\t(252:2)\ntwo\t(252:1)\n", service.run("ls"));
        assertEquals("0 1024 zero \n1024 1024 user 0 1024 ctl\n", service.run("table", "one"));
        assertEquals(
                "one: 0 1024 zero \none: 1024 1024 user 0 1024 ctl\nthree: 0 16 zero \ntwo: 0 8 error \n",
                service.run("table"));
        assertEquals("0 1024 zero \n1024 1024 user \n", service.run("status", "one"));
        assertEquals("one: 1024 1024 user 0 1024 ctl\n", service.run("table", "--target", "user"));
        assertEquals(info("one", "ACTIVE", "LIVE", 0, 2), service.run("info", "one"));
        assertEquals(info("three", "ACTIVE (READ-ONLY)", "LIVE", 2, 1), service.run("info", "three"));
        assertEquals("", service.run("load", "two", "--table", "0 8 zero"));
        assertEquals(info("two", "ACTIVE", "LIVE & INACTIVE", 1, 1), service.run("info", "two"));
        assertEquals("0 8 error \n", service.run("table", "two"));
        assertEquals("0 8 zero \n", service.run("table", "--inactive", "two"));
        assertEquals("", service.run("suspend", "two"));
        assertEquals("", service.run("resume", "two"));
        assertEquals("0 8 zero \n", service.run("table", "two"));
        assertEquals(
                "Name             Maj Min Stat Open Targ Event  UUID                            \n"
                        + "one              252   0 L--w    0    2      0                                 \n",
                service.run("info", "-c", "one"));
        assertEquals("", service.run("remove", "one", "two", "three"));
        assertEquals("No devices found\n", service.run("ls"));
    }

    @Test
    void shouldShowTheTreeAsJson(Sandbox sandbox) throws Exception {
        ServiceRig service = sandbox.serve();
        service.run("create", "below", "--table", "0 8 zero");
        service.run("create", "above", "--table", "0 8 linear " + service.file("below") + " 0");
        assertEquals(
                "[{\"name\": \"above\", \"number\": \"252:1\","
                        + " \"below\": [{\"name\": \"below\", \"number\": \"252:0\", \"below\": []}]}]\n",
                service.run("ls", "--tree", "--json"));
    }

    @Test
    void shouldSaySoWhenThereIsNoSuchDevice(Sandbox sandbox) throws Exception {
        sandbox.serve();
        for (String command : new String[] {"info", "table", "status", "suspend", "resume", "remove", "clear"}) {
            sandbox.dmuser(command, "ghost").requireOneLine("\"ghost\"");
        }
        sandbox.dmuser("load", "ghost", "--table", "0 8 zero").requireOneLine("\"ghost\"");
        sandbox.dmuser("remove", "--force", "ghost").requireOneLine("\"ghost\"");
        Outcome attach = sandbox.dmuser("attach", "ghost", "memory");
        attach.requireOneLine("\"ghost\"");
        sandbox.dmuser("attach", "ghost", "memory", "--detach").requireOneLine("\"ghost\"");
    }

    private static String info(String name, String state, String tables, int minor, int targets) {
        return "Name:              " + name + "\n"
                + "State:             " + state + "\n"
                + "Read Ahead:        256\n"
                + "Tables present:    " + tables + "\n"
                + "Open count:        0\n"
                + "Event number:      0\n"
                + "Major, minor:      252, " + minor + "\n"
                + "Number of targets: " + targets + "\n\n";
    }
}
