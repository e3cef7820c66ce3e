package org.dmuser.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.dmuser.tests.harness.DeviceIo;
import org.dmuser.tests.harness.Needs;
import org.dmuser.tests.harness.Requirement;
import org.dmuser.tests.harness.Sandbox;
import org.dmuser.tests.harness.ServiceRig;
import org.dmuser.tests.harness.SystemTest;
import org.dmuser.tests.harness.Wait;
import org.junit.jupiter.api.Test;

/** What a channel's file says to others. */
@SystemTest
@Needs(Requirement.FUSE)
class ChannelsTest {
    /** Nor do those who serve the device keep any that it would share with its daemon. */
    @Test
    void shouldNeedLittleMemoryWhenThereIsNoLoadAnyMore(Sandbox sandbox) throws Exception {
        ServiceRig service = sandbox.serve();
        Path device = service.createUser("disk", (16 << 20) / 512);
        service.attach("disk", "memory");
        Path data = sandbox.randomFile("data", 16 << 20);
        DeviceIo io = new DeviceIo(sandbox, device);
        io.write(data, "bs=1M", "oflag=direct").requireSuccess();
        io.requireHolds(0, data);
        String channel = sandbox.runDirectory().resolve("channel/disk.1").toString();
        Wait.until("memory is given back", Sandbox.SHORT, () -> {
            String blocks = sandbox.program("stat", "--format=%b", channel).out();
            return 512 * Long.parseLong(blocks.strip()) < 2 << 20;
        });
        io.requireHolds(0, data);
    }

    @Test
    void shouldShowWhatWentThroughAChannel(Sandbox sandbox) throws Exception {
        ServiceRig service = sandbox.serve();
        assertEquals("No channels found\n", service.run("channels"));
        Path file = service.createUser("disk", 2048);
        service.attach("disk", "memory");
        try (FileChannel disk = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            disk.write(ByteBuffer.allocate(8192), 0);
            disk.write(ByteBuffer.allocate(4096), 8192);
            disk.read(ByteBuffer.allocate(512), 0);
        }
        List<String> lines = service.run("channels").lines().toList();
        assertEquals(2, lines.size(), lines::toString);
        List<String> columns = Arrays.asList(lines.get(1).split(" +"));
        assertTrue(columns.get(0).startsWith("disk."), lines::toString);
        assertEquals(List.of("3", "3", "12288", "512"), columns.subList(1, 5));
    }
}
