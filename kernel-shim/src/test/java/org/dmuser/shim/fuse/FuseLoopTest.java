package org.dmuser.shim.fuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.dmuser.channel.RequestFlags;
import org.dmuser.shim.bio.BioOp;
import org.dmuser.shim.file.MemoryDevice;
import org.dmuser.shim.file.MemoryDevice.Asked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A mounted device under a loop device, and a file system on that. */
@ParameterizedClass
@EnumSource(Transport.class)
final class FuseLoopTest {
    @Parameter
    Transport transport;

    private static final int SIZE = 64 * 1024 * 1024;

    private final MemoryDevice device = new MemoryDevice(SIZE);

    @Test
    void shouldCarryAFileSystem() throws Exception {
        Fuse.assumeLoopDevices();
        try (MountRig rig = MountRig.mounted(transport, "loop", device)) {
            Path loop = Path.of(Command.run("losetup", "--direct-io=on", "-f", "--show", rig.path));
            Path directory = Files.createTempDirectory("dmuser-test-");
            try {
                String sysfs = "/sys/block/" + loop.getFileName();
                assertEquals("1", Files.readString(Path.of(sysfs, "loop/dio")).strip());
                assertEquals(1, rig.mount().openCount());
                Command.run("mkfs.ext4", "-q", loop);
                Command.run("mount", loop, directory);
                Command.run("sh", "-c", "seq 1 100000 > " + directory + "/numbers; sync");
                Command.run("rm", directory.resolve("numbers"));
                Command.run("fstrim", directory);
                Command.run("umount", directory);
                Command.run("e2fsck", "-fn", loop);
            } finally {
                Command.start("umount", directory).result();
                Command.run("losetup", "-d", loop);
                Files.delete(directory);
            }
            List<Asked> asked = device.takeAsked();
            assertTrue(asked.stream().anyMatch(a -> a.op() == BioOp.DISCARD));
            assertTrue(asked.stream().anyMatch(a -> a.flags() == RequestFlags.PREFLUSH));
            assertTrue(asked.stream().allMatch(a -> a.op() != BioOp.READ || a.length() >= 512));
        }
    }
}
