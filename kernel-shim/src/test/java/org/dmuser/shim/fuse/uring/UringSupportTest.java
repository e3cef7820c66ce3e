package org.dmuser.shim.fuse.uring;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.dmuser.channel.Errno;
import org.dmuser.shim.fuse.MountException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said where the kernel cannot do it. */
final class UringSupportTest {
    @TempDir
    Path directory;

    @Test
    void shouldSayHowToTurnItOn() throws Exception {
        Path parameter = Files.writeString(directory.resolve("enable_uring"), "N\n");
        MountException e = assertThrows(MountException.class, () -> UringSupport.check(parameter));
        assertEquals(Errno.EOPNOTSUPP, e.errno());
        assertTrue(
                e.getMessage().contains("echo Y | sudo tee /sys/module/fuse/parameters/enable_uring"), e::getMessage);
    }

    @Test
    void shouldSayWhichKernelHasIt() {
        MountException e =
                assertThrows(MountException.class, () -> UringSupport.check(directory.resolve("enable_uring")));
        assertEquals(Errno.EOPNOTSUPP, e.errno());
        assertTrue(e.getMessage().contains("6.14"), e::getMessage);
    }

    @Test
    void shouldBeContentWhereItIsOn() throws Exception {
        Path parameter = Files.writeString(directory.resolve("enable_uring"), "Y\n");
        assertDoesNotThrow(() -> UringSupport.check(parameter));
    }
}
