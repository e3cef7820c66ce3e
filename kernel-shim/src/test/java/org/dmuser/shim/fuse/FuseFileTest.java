package org.dmuser.shim.fuse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.dmuser.channel.Errno;
import org.dmuser.channel.RequestFlags;
import org.dmuser.shim.bio.BioOp;
import org.dmuser.shim.file.MemoryDevice;
import org.dmuser.shim.file.MemoryDevice.Asked;
import org.dmuser.shim.fuse.Command.Result;
import org.dmuser.shim.os.MountTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a mounted device is to the processes that use it. */
@ParameterizedClass
@EnumSource(Transport.class)
final class FuseFileTest {
    @Parameter
    Transport transport;

    private static final int SIZE = 4 * 1024 * 1024;

    private final MemoryDevice device = new MemoryDevice(SIZE);

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void shouldKeepWhatSeveralProcessesWriteUnaligned(long seed) throws Exception {
        device.forgetful();
        try (MountRig rig = MountRig.mounted(transport, "processes", device);
                Command first = Command.startJava(RandomIoClient.class, rig.path, 0, 1_000_001, seed);
                // Begins in the sector in which the first one ends.
                Command second = Command.startJava(RandomIoClient.class, rig.path, 1_000_001, 999_999, seed + 100)) {
            assertEquals("", first.succeed() + second.succeed());
            assertEquals(List.of(), List.copyOf(rig.errors));
        }
    }

    @Test
    void shouldLookLikeAFileOfTheDevicesSize() throws Exception {
        try (MountRig rig = MountRig.mounted(transport, "looks", device)) {
            assertEquals(
                    "regular file 600 " + SIZE + " 4096 " + SIZE / 512,
                    Command.run("stat", "-c", "%F %a %s %o %b", rig.path));
            assertEquals("4096 " + SIZE / 4096, Command.run("stat", "-f", "-c", "%s %b", rig.path));
            assertEquals("fuse.dmuser dmuser:looks", Command.run("findmnt", "-n", "-o", "FSTYPE,SOURCE", rig.path));
        }
    }

    @Test
    void shouldPassADirectRequestOnAsOneBio() throws Exception {
        try (MountRig rig = MountRig.mounted(transport, "direct", device)) {
            Command.run("dd", "if=/dev/zero", "of=" + rig.path, "bs=128k", "count=2", "seek=1", "conv=notrunc");
            Command.run("dd", "if=" + rig.path, "of=/dev/null", "bs=4k", "count=1", "skip=3");
            assertEquals(
                    List.of("WRITE 256+131072", "WRITE 512+131072", "READ 24+4096"), described(device.takeAsked()));
        }
    }

    @Test
    void shouldFlushOnFsyncAndNotOnClose() throws Exception {
        try (MountRig rig = MountRig.mounted(transport, "flush", device)) {
            try (FileChannel file = FileChannel.open(rig.path, StandardOpenOption.WRITE)) {
                file.write(ByteBuffer.allocate(512), 0);
            }
            assertEquals(List.of("WRITE 0+512"), described(device.takeAsked()));
            try (FileChannel file = FileChannel.open(rig.path, StandardOpenOption.WRITE)) {
                file.force(false);
                file.force(true);
            }
            List<Asked> asked = device.takeAsked();
            assertEquals(List.of("WRITE 0+0", "WRITE 0+0"), described(asked));
            assertTrue(asked.stream().allMatch(a -> a.flags() == RequestFlags.PREFLUSH));
        }
    }

    @Test
    void shouldWriteThroughWhenOpenedToBeDurable() throws Exception {
        try (MountRig rig = MountRig.mounted(transport, "durable", device)) {
            for (OpenOption option : List.of(StandardOpenOption.DSYNC, StandardOpenOption.SYNC)) {
                try (FileChannel file = FileChannel.open(rig.path, StandardOpenOption.WRITE, option)) {
                    file.write(ByteBuffer.allocate(4096), 8192);
                }
                Asked asked = device.takeAsked().get(0);
                assertEquals("WRITE " + RequestFlags.FUA, asked.op() + " " + asked.flags());
            }
        }
    }

    @Test
    void shouldAnswerADeviceErrorAsItIs() throws Exception {
        device.verdict(bio -> bio.op() == BioOp.READ ? Errno.ETIMEDOUT : Errno.ENOSPC);
        try (MountRig rig = MountRig.mounted(transport, "errors", device)) {
            assertFailure("Connection timed out", "dd", "if=" + rig.path, "of=/dev/null", "bs=4k", "count=1");
            assertFailure("No space left", "dd", "if=/dev/zero", "of=" + rig.path, "bs=4k", "count=1");
        }
    }

    @Test
    void shouldDiscardAndZeroByFallocate() throws Exception {
        try (MountRig rig = MountRig.mounted(transport, "fallocate", device.fill((byte) 1))) {
            Command.run("fallocate", "-p", "-o", 4096, "-l", 1024 * 1024, rig.path);
            Command.run("fallocate", "-z", "-o", 2 * 1024 * 1024, "-l", 1000, rig.path);
            Command.run("fallocate", "-l", SIZE, rig.path);
            assertEquals(
                    List.of("DISCARD 8+1048576", "WRITE_ZEROES 4096+512"),
                    described(device.takeAsked().stream()
                            .filter(a -> !a.op().hasData())
                            .toList()));
            assertArrayEquals(new byte[1000], device.bytes(2 * 1024 * 1024, 1000));
            assertEquals(1, device.bytes(2 * 1024 * 1024 + 1000, 1)[0]);
            assertFailure("not supported", "fallocate", "-c", "-o", 0, "-l", 4096, rig.path);
            assertFailure("No space left", "fallocate", "-l", SIZE + 1, rig.path);
        }
    }

    @Test
    void shouldHaveItsSizeWhateverIsTruncated() throws Exception {
        try (MountRig rig = MountRig.mounted(transport, "truncate", device.fill((byte) 1))) {
            Command.run("truncate", "-s", 0, rig.path);
            Command.run("truncate", "-s", SIZE, rig.path);
            Command.run("sh", "-c", ": > " + rig.path);
            Command.run("dd", "if=/dev/zero", "of=" + rig.path, "bs=4k", "count=1", "seek=3");
            assertFailure("Invalid argument", "truncate", "-s", SIZE + 1, rig.path);
            assertEquals(Integer.toString(SIZE), Command.run("stat", "-c", "%s", rig.path));
            assertEquals(1, device.bytes(0, 1)[0]);
            assertEquals(0, device.bytes(3 * 4096, 1)[0]);
            assertEquals(1, device.bytes(4 * 4096, 1)[0]);
        }
    }

    @Test
    void shouldBeTouchedAndCopiedToWithAttributes() throws Exception {
        try (MountRig rig = MountRig.mounted(transport, "attributes", device)) {
            String before = Command.run("stat", "-c", "%a %u %g %X %Y", rig.path);
            Command.run("touch", rig.path);
            Command.run("chmod", "644", rig.path);
            Command.run("chown", "1:1", rig.path);
            Path image = Files.write(Files.createTempFile("dmuser-test-", ""), new byte[] {1, 2, 3});
            try {
                Command.run("cp", "-p", image, rig.path);
            } finally {
                Files.delete(image);
            }
            assertEquals(before, Command.run("stat", "-c", "%a %u %g %X %Y", rig.path));
            assertArrayEquals(new byte[] {1, 2, 3, 0}, device.bytes(0, 4));
        }
    }

    @Test
    void shouldEndWhereTheDeviceEnds() throws Exception {
        try (MountRig rig = MountRig.mounted(transport, "end", device)) {
            assertFailure(
                    "No space left",
                    "dd",
                    "if=/dev/zero",
                    "of=" + rig.path,
                    "bs=4k",
                    "seek=1024",
                    "count=1",
                    "conv=notrunc");
            assertFailure(
                    "No space left", "dd", "if=/dev/zero", "of=" + rig.path, "count=1", "oflag=append", "conv=notrunc");
            assertEquals("100", Command.run("sh", "-c", "tail -c 100 " + rig.path + " | wc -c"));
        }
    }

    @Test
    void shouldRefuseToBeWrittenWhenReadOnly() throws Exception {
        try (MountRig rig = MountRig.mounted(transport, "readonly", device.readOnly(true))) {
            assertFailure("Read-only file system", "dd", "if=/dev/zero", "of=" + rig.path, "count=1", "conv=notrunc");
            assertFailure("Read-only file system", "fallocate", "-p", "-o", 0, "-l", 4096, rig.path);
            Command.run("dd", "if=" + rig.path, "of=/dev/null");
            assertEquals("400", Command.run("stat", "-c", "%a", rig.path));
        }
    }

    @Test
    void shouldAllocateNothingForAReadOrAWrite() throws Exception {
        device.forgetful();
        int requests = 20_000;
        try (MountRig rig = MountRig.mounted(transport, "garbage", device);
                FileChannel file = FileChannel.open(rig.path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            transfer(file, requests);
            long before = rig.allocatedBytes();
            transfer(file, requests);
            long allocated = rig.allocatedBytes() - before;
            // The smallest object has 16 bytes; a thread that is started in between has some of its own.
            assertTrue(allocated < 8L * requests, () -> allocated + " bytes for " + requests + " requests");
        }
    }

    private static void transfer(FileChannel file, int requests) throws Exception {
        ByteBuffer data = ByteBuffer.allocateDirect(4096);
        for (int i = 0; i < requests / 2; i++) {
            file.read(data.clear(), 4096);
            file.write(data.flip(), 8192);
        }
    }

    @Test
    void shouldHoldNamesThatAreNoOptionsOfLibfuse() throws Exception {
        try (MountRig rig = MountRig.mounted(transport, "a,b\\c d", device)) {
            assertEquals(
                    "dmuser:a,b\\c d", MountTable.at(rig.path).orElseThrow().source());
            assertFalse(rig.threads().isEmpty());
        }
    }

    private static List<String> described(List<Asked> asked) {
        return asked.stream()
                .map(a -> a.op() + " " + a.sector() + "+" + a.length())
                .toList();
    }

    private static void assertFailure(String text, Object... words) throws Exception {
        try (Command command = Command.start(words)) {
            Result result = command.result();
            assertTrue(result.exitCode() != 0 && result.output().contains(text), result::toString);
        }
    }
}
