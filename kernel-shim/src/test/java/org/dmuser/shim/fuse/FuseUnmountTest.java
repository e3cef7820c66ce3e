package org.dmuser.shim.fuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.dmuser.channel.Errno;
import org.dmuser.shim.file.MemoryDevice;
import org.dmuser.shim.os.LibC;
import org.dmuser.shim.os.MountTable;
import org.dmuser.shim.os.Mounts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** How a mount comes to its end. */
@ParameterizedClass
@EnumSource(Transport.class)
final class FuseUnmountTest {
    @Parameter
    Transport transport;

    private static final int SIZE = 1024 * 1024;
    private static final int O_PATH = 0x200000;

    private final MemoryDevice device = new MemoryDevice(SIZE).forgetful();

    @Test
    void shouldLeaveNothingBehind() throws Exception {
        try (MountRig rig = MountRig.mounted(transport, "plain", device)) {
            Command.run("dd", "if=" + rig.path, "of=/dev/null", "bs=4k");
            assertFalse(rig.mount().awaitEnd(0, TimeUnit.SECONDS));
            rig.mount().unmount();
            rig.assertEnded();
            assertTrue(MountTable.at(rig.path).isEmpty());
            rig.mount().unmount();
            rig.mount().close();
            assertEquals(List.of(), List.copyOf(rig.errors));
        }
    }

    @Test
    void shouldMountAgainAndAgain() throws Exception {
        try (MountRig rig = new MountRig(transport, "again")) {
            for (int i = 0; i < 20; i++) {
                FuseMount mount = rig.mount(device);
                assertEquals(Integer.toString(SIZE), Command.run("stat", "-c", "%s", rig.path));
                mount.unmount();
                rig.assertEnded();
            }
        }
    }

    @Test
    void shouldRefuseWhileItIsOpen() throws Exception {
        try (MountRig rig = MountRig.mounted(transport, "busy", device)) {
            try (FileChannel file = FileChannel.open(rig.path)) {
                MountException e =
                        assertThrows(MountException.class, () -> rig.mount().unmount());
                assertEquals(Errno.EBUSY, e.errno());
                assertTrue(e.getMessage().contains("device busy is in use"), e::getMessage);
                assertEquals(SIZE, file.size());
            }
            rig.mount().unmount();
            rig.assertEnded();
        }
    }

    /** Whatever the server has been told of yet. */
    @Test
    void shouldBeUnusedForTheKernelAsSoonAsItIsClosed() throws Exception {
        Fuse.assumeMountNamespaces();
        try (MountRig rig = MountRig.mounted(transport, "unused", device)) {
            for (int i = 0; i < 2; i++) {
                try (FileChannel file = FileChannel.open(rig.path)) {
                    assertFalse(Mounts.isUnused(rig.path), file::toString);
                }
                assertTrue(Mounts.isUnused(rig.path));
            }
            assertTrue(MountTable.at(rig.path).isPresent());
        }
    }

    /** A path is held without an open that the server is told of, as by whoever is in the middle of closing. */
    @Test
    void shouldWaitForWhoeverHoldsItThoughItIsClosed() throws Exception {
        Fuse.assumeMountNamespaces();
        MountOptions patient = transport.options("held").withPatienceMs(TimeUnit.MINUTES.toMillis(5));
        try (MountRig rig = MountRig.mounted(transport, device, patient)) {
            int held = LibC.instance().open(rig.path.toString(), O_PATH | LibC.O_CLOEXEC, 0);
            FutureTask<Void> unmounting = new FutureTask<>(() -> {
                rig.mount().unmount();
                return null;
            });
            Thread thread = new Thread(unmounting, "unmounting");
            thread.start();
            while (thread.isAlive() && thread.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
            assertFalse(unmounting.isDone());
            LibC.instance().close(held);
            unmounting.get();
            rig.assertEnded();
        }
    }

    @Test
    void shouldEndWhenSomebodyElseUnmountsIt() throws Exception {
        for (List<Object> command : List.<List<Object>>of(List.of("umount"), List.of("fusermount", "-u"))) {
            try (MountRig rig = MountRig.mounted(transport, "outside", device)) {
                List<Object> words = new ArrayList<>(command);
                words.add(rig.path);
                Command.run(words.toArray());
                rig.assertEnded();
            }
        }
    }

    @Test
    void shouldServeToTheEndWhoeverStillHasItOpenWhenItIsDetachedFromOutside() throws Exception {
        try (MountRig rig = MountRig.mounted(transport, "detached", device)) {
            try (Command reader = endlessReader(rig, "exit 1")) {
                Command.run("umount", "-l", rig.path);
                assertTrue(reader.isRunning());
                assertFalse(rig.mount().awaitEnd(0, TimeUnit.SECONDS));
                reader.kill();
            }
            rig.assertEnded();
        }
    }

    /** As a service of systemd's may have without wanting it. */
    @Test
    void shouldEndThoughAnotherMountNamespaceHasACopy() throws Exception {
        Fuse.assumeMountNamespaces();
        try (MountRig rig = MountRig.mounted(transport, "copied", device);
                Command other = elsewhere("echo ready; exec sleep 1000")) {
            assertEquals("ready", other.line());
            rig.mount().unmount();
            rig.assertEnded();
            assertTrue(MountTable.at(rig.path).isEmpty());
            assertTrue(other.isRunning());
            assertEquals(List.of(), List.copyOf(rig.errors));
        }
    }

    @Test
    void shouldRefuseWhileItIsOpenInAnotherMountNamespaceAndEndWhenClosed() throws Exception {
        Fuse.assumeMountNamespaces();
        MountOptions options = transport.options("elsewhere").withPatienceMs(1_000);
        try (MountRig rig = MountRig.mounted(transport, device, options);
                Command other = elsewhere("exec 3< " + rig.path + "; echo open; exec sleep 1000")) {
            assertEquals("open", other.line());
            MountException e =
                    assertThrows(MountException.class, () -> rig.mount().unmount());
            assertEquals(Errno.EBUSY, e.errno());
            Command.run("dd", "if=" + rig.path, "of=/dev/null", "bs=4k", "count=1");
            rig.mount().close();
            rig.assertEnded();
            assertTrue(other.isRunning());
        }
    }

    @Test
    void shouldEndUnderLoadWhenClosed() throws Exception {
        MountOptions options = transport.options("load").withPatienceMs(1_000);
        try (MountRig rig = MountRig.mounted(transport, device, options);
                Command reader = endlessReader(rig, "exit 1")) {
            rig.mount().close();
            rig.assertEnded();
            assertNotEquals(0, reader.result().exitCode());
        }
    }

    @Test
    void shouldRemoveWhatIsLeftOfAConnectionThatWasAborted() throws Exception {
        try (MountRig rig = MountRig.mounted(transport, "aborted", device);
                Command reader = endlessReader(rig, "echo failed; exec sleep 1000")) {
            // The kernel would unmount it, too, if nobody had it open any more at the end of that.
            assertEquals(Errno.EBUSY, Mounts.abort(rig.path));
            rig.assertEnded();
            assertEquals("failed", reader.line());
            reader.kill();
            assertTrue(MountTable.at(rig.path).isPresent());
            rig.mount().close();
            assertTrue(MountTable.at(rig.path).isEmpty());
        }
    }

    @Test
    void shouldNameWhatDoesNotComeBackAndEndWhenItDoes() throws Exception {
        device.hold();
        MountOptions options = transport.options("hung").withEndTimeoutMs(100);
        try (MountRig rig = MountRig.mounted(transport, device, options);
                Command reader = Command.start("dd", "if=" + rig.path, "of=/dev/null", "bs=4k", "count=1", "skip=2")) {
            while (device.heldCount() == 0) {
                Thread.onSpinWait();
            }
            MountException e =
                    assertThrows(MountException.class, () -> rig.mount().close());
            assertEquals(Errno.ETIMEDOUT, e.errno());
            assertTrue(e.getMessage().contains("READ sector 16 length 4096"), e::getMessage);
            assertNotEquals(0, reader.result().exitCode());
            device.release();
            rig.assertEnded();
        } finally {
            device.release();
        }
    }

    /** A shell in a mount namespace that is not told what happens in this one. */
    private static Command elsewhere(String script) throws Exception {
        return Command.start("unshare", "-m", "--propagation", "private", "sh", "-c", script);
    }

    /** Reads the file over and over, until that fails. */
    private static Command endlessReader(MountRig rig, String then) throws Exception {
        Command reader = Command.start(
                "sh",
                "-c",
                "exec < " + rig.path + "; echo open; while cat /dev/fd/0 > /dev/null; do :; done 2> /dev/null; "
                        + then);
        assertEquals("open", reader.line());
        return reader;
    }
}
