package org.dmuser.shim.fuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.dmuser.channel.Errno;
import org.dmuser.shim.file.BlockFile;
import org.dmuser.shim.file.MemoryDevice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Where nothing can be mounted, one line says why. */
@ParameterizedClass
@EnumSource(Transport.class)
final class MountErrorsTest {
    @Parameter
    Transport transport;

    @TempDir
    Path directory;

    @Test
    void shouldSayThatTheFileIsMissing() {
        assertRefused(Errno.ENOENT, directory.resolve("disk"), "does not exist; create it as an empty file");
        assertRefused(Errno.ENOENT, directory.resolve("no/disk"), "no does not exist");
    }

    @Test
    void shouldSayThatItIsADirectory() {
        assertRefused(Errno.EINVAL, directory, "is a directory; a device is mounted on an empty regular file");
    }

    @Test
    void shouldSayThatItIsNoRegularFile() {
        assertRefused(Errno.EINVAL, Path.of("/dev/null"), "is not a regular file");
    }

    @Test
    void shouldSayThatItIsNotEmpty() throws Exception {
        Path file = Files.writeString(directory.resolve("disk"), "data");
        assertRefused(Errno.EEXIST, file, "holds 4 bytes that would be hidden");
    }

    @Test
    void shouldSayWhatIsMountedThereAlready() throws Exception {
        try (MountRig rig = MountRig.mounted(transport, "first", new MemoryDevice(4096))) {
            assertRefused(Errno.EBUSY, rig.path, "is a mount point already, of dmuser:first");
            Path link = Files.createSymbolicLink(directory.resolve("link"), rig.path);
            assertRefused(Errno.EBUSY, link, "is a mount point already, of dmuser:first");
        }
    }

    private void assertRefused(Errno errno, Path path, String text) {
        transport.assumeAvailable();
        MountException e = assertThrows(
                MountException.class,
                () -> make().mount(new BlockFile(new MemoryDevice(4096)), path, transport.options("disk")));
        assertTrue(e.getMessage().contains(text), e::getMessage);
        assertEquals(errno, e.errno());
    }

    private FuseTransport make() {
        return transport.make(e -> {
            throw new AssertionError(e);
        });
    }
}
