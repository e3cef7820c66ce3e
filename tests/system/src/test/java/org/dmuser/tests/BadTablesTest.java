package org.dmuser.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import org.dmuser.tests.harness.Needs;
import org.dmuser.tests.harness.Requirement;
import org.dmuser.tests.harness.Sandbox;
import org.dmuser.tests.harness.ServiceRig;
import org.dmuser.tests.harness.SystemTest;
import org.junit.jupiter.api.Test;

/** Tables and names that cannot be: a line that says what is wrong, and no device. */
@SystemTest
@Needs(Requirement.FUSE)
class BadTablesTest {
    /** A table, then a word that has to be in the line. */
    private static final String[][] TABLES = {
        {"", "table"},
        {"0 8 zero\n16 8 zero", "line 2"},
        {"0 8 zero\n4 8 zero", "line 2"},
        {"8 8 zero", "line 1"},
        {"0 0 zero", "line 1"},
        {"0 8 zero 1", "line 1"},
        {"0 8 linear", "line 1"},
        {"0 8 linear /no/such/file 0", "/no/such/file"},
        {"0 8 user 0 8", "line 1"},
        {"0 8 user 0 8 one two", "line 1"},
        {"0 8 user 0 8 a/b", "a/b"},
        {"0 8 user 0 8 one 1", "Invalid number of feature args"},
        {"0 8 user 0 8 one 2 request_timeout_ms 5s", "\"5s\""},
        {"0 8 user 0 8 one 2 on_crash panic", "\"panic\""},
        {"0 8 user 0 8 one 2 patience 7", "request_timeout_ms <n>"},
        {"0 8 spinning", "\"spinning\""},
        {"0 8", "line 1"},
        {"zero 8 0", "line 1"},
        {"0 -8 zero", "line 1"},
        {"0 8s zero", "line 1"},
        {"0x0 8 zero", "line 1"},
        {"0 99999999999999999999 zero", "line 1"},
        {"\u0000\u0001\u0002", "line 1"},
    };

    private static final String[] NAMES = {"a/b", "/", ".", "..", "", "x".repeat(128), "\u00e4".repeat(64)};

    @Test
    void shouldRefuseTables(Sandbox sandbox) throws Exception {
        ServiceRig service = sandbox.serve();
        for (String[] table : TABLES) {
            // On its standard input, as not every byte can be in an argument.
            service.tryReading(table[0], "create", "disk").requireOneLine(table[1]);
        }
        assertEquals("No devices found\n", service.run("ls"));
        service.run("create", "disk", "--table", "0 8 zero");
        for (String[] table : TABLES) {
            service.tryReading(table[0], "load", "disk").requireOneLine(table[1]);
        }
        assertTrue(service.run("info", "disk").contains("Tables present:    LIVE\n"));
        assertEquals("0 8 zero \n", service.run("table", "disk"));
    }

    @Test
    void shouldRefuseNames(Sandbox sandbox) throws Exception {
        ServiceRig service = sandbox.serve();
        for (String name : NAMES) {
            service.tryReading("", "create", name, "--table", "0 8 zero").requireOneLine("ame \"");
        }
        assertEquals("No devices found\n", service.run("ls"));
        assertEquals(0, sandbox.runDirectory().resolve("mapper").toFile().list().length);
        String longest = "x".repeat(127);
        service.run("create", longest, "--table", "0 8 zero");
        sandbox.dmuser("create", longest, "--table", "0 8 zero").requireOneLine("in use");
        assertTrue(Files.exists(service.file(longest)));
        service.run("remove", longest);
        assertTrue(!Files.exists(service.file(longest)));
    }

    @Test
    void shouldRefuseControlNameInUse(Sandbox sandbox) throws Exception {
        ServiceRig service = sandbox.serve();
        service.createUser("disk", 8);
        sandbox.dmuser("create", "other", "--table", "0 8 user 0 8 disk").requireOneLine("disk");
        assertEquals("disk\t(252:0)\n", service.run("ls"));
    }
}
