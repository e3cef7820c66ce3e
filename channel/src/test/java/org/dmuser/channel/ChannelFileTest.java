package org.dmuser.channel;

import static org.dmuser.channel.RandomBytes.random;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.dmuser.channel.ChannelRig.Taken;
import org.dmuser.channel.MemoryChannelRig.MemoryDaemon;
import org.junit.jupiter.api.Test;

/** The file of a memory channel: its memory, and what others may read in it. */
final class ChannelFileTest {
    @Test
    void shouldUseLittleMemoryUntilItIsNeeded() throws Exception {
        try (MemoryChannelRig rig = new MemoryChannelRig()) {
            rig.attach();
            try (Stream<Path> files = Files.list(rig.directory())) {
                Path file = files.filter(path -> !path.endsWith("control"))
                        .findFirst()
                        .orElseThrow();
                assertTrue(DiskUsage.of(file) < 2 << 20, DiskUsage.of(file) + " bytes");
            }
        }
    }

    @Test
    void shouldLeaveNoFileAndNoMemoryBehind() throws Exception {
        try (MemoryChannelRig rig = new MemoryChannelRig()) {
            MemoryDaemon daemon = rig.attach();
            assertEquals(1, channelFiles(rig.directory()));
            daemon.close();
            assertEquals(0, channelFiles(rig.directory()));
        }
    }

    @Test
    void shouldRefuseToAttachWhereThereIsNoMemory() throws Exception {
        try (SmallMemory memory = SmallMemory.mount("1m");
                MemoryChannelRig rig = new MemoryChannelRig(memory.directory())) {
            AttachException refused = assertThrows(AttachException.class, rig::attachRefused);
            assertTrue(refused.getMessage().contains("No space left on device"), refused::getMessage);
            assertEquals(0, channelFiles(rig.directory()));
        }
    }

    @Test
    void shouldGoOnWithFewerSlotsWhereMemoryRunsOut() throws Exception {
        try (SmallMemory memory = SmallMemory.mount("2m");
                MemoryChannelRig rig = new MemoryChannelRig(memory.directory())) {
            MemoryDaemon daemon = rig.attach();
            List<Submitted> writes = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                writes.add(Submitted.write(rig.queue(), i, random(i, 128 * 1024)));
            }
            for (int i = 0; i < 40; i++) {
                Taken taken = daemon.next();
                assertEquals(i, taken.seq());
                assertEquals(128 * 1024, taken.payload().length);
                taken.succeed();
            }
            for (Submitted write : writes) {
                write.assertStatus(Errno.OK);
            }
            assertTrue(rig.reports.stream().anyMatch(line -> line.contains("going on with fewer")));
        }
    }

    @Test
    void shouldTellItsCountersAndErrorsToOthers() throws Exception {
        try (MemoryChannelRig rig = new MemoryChannelRig()) {
            MemoryDaemon daemon = rig.attach();
            Submitted write = Submitted.write(rig.queue(), 0, new byte[8192]);
            daemon.next().succeed();
            write.assertStatus(Errno.OK);
            Submitted read = Submitted.read(rig.queue(), 0, 512);
            daemon.next().succeed();
            read.assertStatus(Errno.OK);
            daemon.end.report("the disk is on fire");
            daemon.end.report("the disk is on fire");
            ChannelStat stat = ChannelStat.read(rig.directory().resolve("test.1"));
            assertEquals(2, stat.counters().get(ChannelCounter.REQUESTS));
            assertEquals(2, stat.counters().get(ChannelCounter.RESPONSES));
            assertEquals(8192, stat.counters().get(ChannelCounter.BYTES_WRITTEN));
            assertEquals(512, stat.counters().get(ChannelCounter.BYTES_READ));
            assertEquals(List.of("the disk is on fire (2 times)"), stat.errors());
        }
    }

    @Test
    void shouldNotTakeAnotherFileForAChannel() throws Exception {
        try (MemoryChannelRig rig = new MemoryChannelRig()) {
            Path other = rig.directory().resolve("other");
            Files.write(other, new byte[1000]);
            assertThrows(IOException.class, () -> ChannelStat.read(other));
            assertThrows(
                    IOException.class, () -> ChannelStat.read(rig.directory().resolve("nothing")));
            Path zeros = rig.directory().resolve("zeros");
            ChannelFile.createEmpty(zeros);
            IOException refused = assertThrows(IOException.class, () -> ChannelStat.read(zeros));
            assertEquals(zeros + " is no channel of dmuser's", refused.getMessage());
        }
    }

    private static long channelFiles(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(path -> !path.endsWith("control")).count();
        }
    }
}
