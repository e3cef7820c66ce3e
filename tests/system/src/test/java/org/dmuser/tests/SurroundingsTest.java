package org.dmuser.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.dmuser.tests.harness.CliProcess;
import org.dmuser.tests.harness.MountNamespace;
import org.dmuser.tests.harness.Needs;
import org.dmuser.tests.harness.Outcome;
import org.dmuser.tests.harness.Requirement;
import org.dmuser.tests.harness.Sandbox;
import org.dmuser.tests.harness.StreamDaemon;
import org.dmuser.tests.harness.SystemTest;
import org.junit.jupiter.api.Test;

/** What commands are started with: a language, standard streams that are closed or lead nowhere, a user. */
@SystemTest
class SurroundingsTest {
    private static final String NOBODY = "setpriv --reuid=65534 --regid=65534 --clear-groups";

    /** Serves a device with the daemon in C, and reads what it has written; "$1" is bin/dmuser. */
    private static final String AS_NOBODY = """
            "$1" serve --detach
            "$1" create disk --table "0 2048 user 0 2048 disk"
            ./stream-daemon -s 1048576 "$DMUSER_RUN_DIR/dm-user/disk" &
            daemon=$!
            head -c 1048576 /dev/urandom >data
            dd if=data of="$DMUSER_RUN_DIR/mapper/disk" bs=256k oflag=direct conv=notrunc status=none
            dd if="$DMUSER_RUN_DIR/mapper/disk" of=read bs=256k iflag=direct status=none
            cmp data read
            "$1" remove disk
            wait $daemon
            "$1" stop
            """;

    /** Runs a script in the sandbox's directory; "$0" is bin/dmuser. */
    private static Outcome bash(Sandbox sandbox, String... lines) throws Exception {
        return sandbox.program(
                "bash", "-c", String.join("\n", lines), CliProcess.launcher().toString());
    }

    @Test
    void shouldShowVersionsAndWaysToFuse(Sandbox sandbox) throws Exception {
        List<String> lines = sandbox.dmuser("--version").requireSuccess().lines();
        assertEquals(2, lines.size(), lines.toString());
        assertTrue(lines.get(0).startsWith("dmuser "), lines.toString());
        assertTrue(lines.get(1).startsWith("FUSE: "), lines.toString());
    }

    /** Names of devices and files are bytes; a language that has no characters for them is no reason to lose them. */
    @Test
    @Needs(Requirement.FUSE)
    void shouldTakeNamesAsTheyAreWhateverTheLanguageIs(Sandbox sandbox) throws Exception {
        bash(
                        sandbox,
                        "set -e",
                        "export LC_ALL=C",
                        "name=$(printf 'n\\303\\244me')",
                        "head -c 4096 /dev/zero >\"$name.disk\"",
                        "echo \"0 8 linear $PWD/$name.disk 0\" >\"$name\"",
                        "\"$0\" serve --detach",
                        "\"$0\" dmsetup create \"$name\" \"$name\"",
                        "[[ $(\"$0\" dmsetup table) == \"$name: 0 8 linear $PWD/$name.disk 0\" ]]",
                        "\"$0\" dmsetup remove \"$name\"",
                        "\"$0\" stop")
                .requireSuccess();
    }

    /** What the JVM opens must not become its standard streams. */
    @Test
    void shouldDoWithoutStandardStreams(Sandbox sandbox) throws Exception {
        Outcome outcome = bash(
                sandbox,
                "\"$0\" dmsetup create a <&-; echo $?",
                "(\"$0\" dmsetup version >&-; echo $? >&2)",
                "\"$0\" dmsetup nonsense 2>&-; echo $?");
        assertEquals(List.of("1", "1"), outcome.lines(), outcome.toString());
        assertTrue(outcome.err().contains("no dmuser service is running"), outcome.toString());
        assertTrue(
                outcome.err().endsWith("dmuser: cannot write standard output: Bad file descriptor\n1\n"),
                outcome.toString());
    }

    @Test
    void shouldFailWhenItsOutputIsLost(Sandbox sandbox) throws Exception {
        Outcome full = bash(sandbox, "\"$0\" dmsetup version >/dev/full");
        full.requireOneLine("cannot write standard output: No space left on device");
        Outcome unread = bash(sandbox, "exec 3> >(exec 3>&-)", "wait $!", "\"$0\" dmsetup version >&3", "echo $?");
        assertEquals("141\n", unread.out(), unread.toString());
        assertEquals("", unread.err(), unread.toString());
    }

    /** As a user who has fusermount3 mount: the device, and the directory of stream channels. */
    @Test
    @Needs({Requirement.FUSE, Requirement.GCC, Requirement.ROOT})
    void shouldServeAStreamChannelToAUserWhoIsNotRoot(Sandbox sandbox) throws Exception {
        Outcome able = bash(sandbox, NOBODY + " bash -c '[[ -r $0 ]] && type fusermount3' \"$0\"");
        assumeTrue(able.status() == 0, "needs fusermount3, and a checkout that others than root can read");
        StreamDaemon.compile(sandbox);
        Files.setPosixFilePermissions(sandbox.directory(), PosixFilePermissions.fromString("rwxrwxrwx"));
        Path script = Files.writeString(sandbox.path("script"), AS_NOBODY);
        bash(
                        sandbox,
                        // Here it may be root's alone.
                        "exec unshare --mount bash -c '" + MountNamespace.ALONE
                                + "mknod -m 666 fuse c 10 229 && mount --bind fuse /dev/fuse"
                                + " && exec " + NOBODY + " env DMUSER_BUILD=never bash -e " + script
                                + " \"$0\"' \"$0\"")
                .requireSuccess();
    }
}
