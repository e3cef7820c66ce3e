package org.dmuser.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.dmuser.tests.handlers.Recording;
import org.dmuser.tests.harness.DeviceIo;
import org.dmuser.tests.harness.Needs;
import org.dmuser.tests.harness.Outcome;
import org.dmuser.tests.harness.Requirement;
import org.dmuser.tests.harness.Sandbox;
import org.dmuser.tests.harness.SystemTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The file of a device, used as files are: what reaches the handler, and what is answered at the end of the device. */
@SystemTest
@Needs(Requirement.FUSE)
class FileIoTest {
    private static final int SIZE = 1 << 20;

    private Path file;
    private Path log;
    private DeviceIo device;

    @BeforeEach
    void run(Sandbox sandbox) throws Exception {
        file = sandbox.path("disk");
        log = sandbox.path("log");
        device = new DeviceIo(sandbox, file);
        sandbox.start(
                        "run",
                        Recording.class.getName(),
                        "log=" + log,
                        "--classpath",
                        Sandbox.testClasses().toString(),
                        "--size",
                        "1M",
                        "--at",
                        file.toString())
                .awaitReady();
        Files.writeString(log, "");
    }

    private void end(Sandbox sandbox) throws Exception {
        sandbox.program("umount", file.toString()).requireSuccess();
        sandbox.commands().get(0).await(Sandbox.SHORT).requireSuccess();
    }

    private List<String> log() throws Exception {
        return Files.readAllLines(log);
    }

    @Test
    void shouldTakeDirectIo(Sandbox sandbox) throws Exception {
        Path data = sandbox.randomFile("data", SIZE);
        device.write(data, "bs=64k", "oflag=direct").requireSuccess();
        Path copy = sandbox.path("copy");
        device.read(copy, "bs=128k", "iflag=direct").requireSuccess();
        assertEquals(-1, Files.mismatch(data, copy));
        end(sandbox);
    }

    @Test
    void shouldMakeWritesOfDsyncDurable(Sandbox sandbox) throws Exception {
        Path data = sandbox.randomFile("data", 8192);
        device.write(data, "bs=4k", "oflag=dsync").requireSuccess();
        assertEquals(List.of("fua 0 4096", "fua 4096 4096"), log());
        end(sandbox);
    }

    @Test
    void shouldFlushOnFsync(Sandbox sandbox) throws Exception {
        Path data = sandbox.randomFile("data", 4096);
        device.write(data, "bs=4k").requireSuccess();
        assertEquals(List.of(), log());
        device.write(data, "bs=4k", "conv=notrunc,fsync").requireSuccess();
        assertEquals(List.of("flush"), log());
        device.write(data, "bs=4k", "conv=notrunc,fdatasync").requireSuccess();
        assertEquals(List.of("flush", "flush"), log());
        end(sandbox);
    }

    @Test
    void shouldTakeUnalignedIo(Sandbox sandbox) throws Exception {
        Path whole = sandbox.randomFile("whole", SIZE);
        Path part = sandbox.randomFile("part", 10_007);
        device.write(whole, "bs=64k").requireSuccess();
        device.write(part, "bs=1009", "seek=123457", "oflag=seek_bytes").requireSuccess();
        device.requireHolds(123_457, part);
        byte[] expected = Files.readAllBytes(whole);
        System.arraycopy(Files.readAllBytes(part), 0, expected, 123_457, 10_007);
        device.requireHolds(0, Files.write(sandbox.path("expected"), expected));
        end(sandbox);
    }

    @Test
    void shouldEndWhereDeviceEnds(Sandbox sandbox) throws Exception {
        Path data = sandbox.randomFile("data", 8192);
        Path copy = sandbox.path("copy");
        device.write(data, "bs=8k", "seek=" + (SIZE - 4096), "oflag=seek_bytes", "count=1");
        device.read(copy, "bs=64k", "skip=" + (SIZE - 4096), "iflag=skip_bytes", "count=1")
                .requireSuccess();
        assertEquals(4096, Files.size(copy), "a read over the end is short");
        assertEquals(4096, Files.mismatch(data, copy), "a write over the end is cut");
        device.read(copy, "bs=4k", "skip=" + SIZE, "iflag=skip_bytes", "count=1")
                .requireSuccess();
        assertEquals(0, Files.size(copy), "a read at the end is empty");
        device.read(copy, "bs=4k", "skip=" + (SIZE + 4096), "iflag=skip_bytes", "count=1");
        assertEquals(0, Files.size(copy), "a read past the end is empty");
        for (int past : new int[] {0, 1, 4096}) {
            Outcome write = device.write(data, "bs=4k", "seek=" + (SIZE + past), "oflag=seek_bytes", "count=1");
            requireError(write, "No space left on device");
        }
        assertEquals(SIZE, Files.size(file));
        end(sandbox);
    }

    @Test
    void shouldKeepItsSize(Sandbox sandbox) throws Exception {
        Path data = sandbox.randomFile("data", 8192);
        device.write(data, "bs=8k").requireSuccess();
        sandbox.program("truncate", "--no-create", "--size=0", file.toString()).requireSuccess();
        sandbox.program("sh", "-c", ": > " + file).requireSuccess();
        sandbox.program("truncate", "--no-create", "--size=4096", file.toString())
                .requireSuccess();
        for (int size : new int[] {SIZE, 4096}) {
            sandbox.program("truncate", "--no-create", "--size=" + size, file.toString())
                    .requireSuccess();
        }
        requireError(
                sandbox.program("truncate", "--no-create", "--size=" + 2 * SIZE, file.toString()), "Invalid argument");
        assertEquals(SIZE, Files.size(file));
        device.requireHolds(0, data);
        end(sandbox);
    }

    @Test
    void shouldPunchHoles(Sandbox sandbox) throws Exception {
        device.write(sandbox.randomFile("data", SIZE), "bs=64k").requireSuccess();
        sandbox.program("fallocate", "--punch-hole", "--offset", "65536", "--length", "131072", file.toString())
                .requireSuccess();
        String first = log().get(0);
        assertTrue(first.equals("discard 65536 131072") || first.equals("zero 65536 131072"), first);
        device.requireZeroes(65_536, 131_072);
        end(sandbox);
    }

    @Test
    void shouldZeroUnalignedRanges(Sandbox sandbox) throws Exception {
        Path data = sandbox.randomFile("data", SIZE);
        device.write(data, "bs=64k").requireSuccess();
        sandbox.program("fallocate", "--zero-range", "--offset", "10001", "--length", "5000", file.toString())
                .requireSuccess();
        byte[] expected = Files.readAllBytes(data);
        Arrays.fill(expected, 10_001, 15_001, (byte) 0);
        device.requireHolds(0, Files.write(sandbox.path("expected"), expected));
        end(sandbox);
    }

    @Test
    void shouldNotGrow(Sandbox sandbox) throws Exception {
        sandbox.program("fallocate", "--length", "1M", file.toString()).requireSuccess();
        requireError(sandbox.program("fallocate", "--length", "2M", file.toString()), "No space left on device");
        requireError(
                sandbox.program("fallocate", "--collapse-range", "--length", "4096", file.toString()), "not supported");
        assertFalse(log().contains("discard"));
        end(sandbox);
    }

    private static void requireError(Outcome outcome, String message) {
        assertTrue(outcome.status() != 0 && outcome.err().contains(message), outcome.toString());
    }
}
