package org.dmuser.shim.target.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.dmuser.channel.Errno;
import org.dmuser.channel.RequestFlags;
import org.dmuser.shim.bio.Bio;
import org.dmuser.shim.bio.BioOp;
import org.dmuser.shim.bio.BlockDevice;
import org.dmuser.shim.bio.Completion;
import org.dmuser.shim.bio.HoldingDevice;
import org.dmuser.shim.bio.MemoryDevice;
import org.dmuser.shim.bio.ScriptedDevice;
import org.dmuser.shim.bio.Submission;
import org.dmuser.shim.dm.DeviceRange;
import org.dmuser.shim.dm.DmException;
import org.dmuser.shim.dm.Target;
import org.dmuser.shim.dm.TargetContext.OpenDevice;
import org.dmuser.shim.target.log.LogFile.Numbered;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogWritesTargetTest {
    private static final int SECTOR = Bio.SECTOR_SIZE;
    private static final String END = "mark dm-log-writes-end";

    private final MemoryDevice logDevice = new MemoryDevice(64);
    private final HoldingDevice below = new HoldingDevice(64);
    private final LogMemory memory = new LogMemory(64 * SECTOR);
    private final List<String> problems = new ArrayList<>();

    @TempDir
    private Path directory;

    private Target target = target(below, logDevice);

    /** Its log is written on the thread that has something to write. */
    private Target target(BlockDevice device, BlockDevice log) {
        return new LogWritesTarget(
                new DeviceRange(new OpenDevice(device, "8:1"), 0, 64),
                new OpenDevice(log, "8:2"),
                new WriteLog(new LogDevice(log), memory, Runnable::run, problems::add));
    }

    /** What the core does with a bio. */
    private Completion submit(BioOp op, long flags, long sector, int sectors, int fill) {
        ByteBuffer data = null;
        if (op.hasData() && sectors > 0) {
            data = ByteBuffer.allocate(sectors * SECTOR);
            Arrays.fill(data.array(), (byte) fill);
        }
        Completion completion = new Completion();
        completion.bio().start(op, flags, sector, (long) sectors * SECTOR, data, completion);
        target.map(completion.bio());
        Submission.submit(completion.bio(), completion.bio().device());
        return completion;
    }

    private Completion write(long sector) {
        return submit(BioOp.WRITE, 0, sector, 1, (int) sector);
    }

    private Completion flush() {
        return submit(BioOp.WRITE, RequestFlags.PREFLUSH, 0, 0, 0);
    }

    private Completion fua(long sector) {
        return submit(BioOp.WRITE, RequestFlags.FUA, sector, 1, (int) sector);
    }

    private static void end(Completion... completions) {
        for (Completion completion : completions) {
            completion.bio().end(Errno.OK);
        }
    }

    /** The log, as words, once the target is closed. */
    private List<String> log() throws Exception {
        target.close();
        Path path = Files.write(directory.resolve("log"), logDevice.content());
        List<String> words = new ArrayList<>();
        try (LogFile file = LogFile.open(path)) {
            assertEquals(SECTOR, file.superblock().sectorSize());
            for (Numbered numbered = file.next(); numbered != null; numbered = file.next()) {
                words.add(words(file, numbered));
            }
        }
        return words;
    }

    private static String words(LogFile file, Numbered numbered) throws Exception {
        LogEntry entry = numbered.entry();
        if (entry.has(LogEntry.MARK)) {
            return "mark " + numbered.text();
        }
        ByteBuffer data = ByteBuffer.allocate((int) entry.dataSectors() * SECTOR);
        file.read(numbered.position(), data);
        if (data.capacity() > 0) {
            byte[] expected = new byte[data.capacity()];
            Arrays.fill(expected, (byte) entry.sector());
            assertArrayEquals(expected, data.array());
        }
        return entry.sector() + "+" + entry.sectors() + " " + entry.flags();
    }

    /** The example that the kernel's source gives of what the order is to be. */
    @Test
    void shouldLogInTheOrderInWhichTheDiskMayHaveIt() throws Exception {
        Completion a = write(1);
        Completion b = write(2);
        Completion c = write(3);
        end(c, a);
        Completion flush = flush();
        Completion d = fua(4);
        end(b, flush, d);

        assertEquals(List.of("3+1 0", "1+1 0", "0+0 1", "4+1 2", "2+1 0", END), log());
        assertEquals(0, memory.used());
    }

    @Test
    void shouldLogNothingOfAFlushThatHasNotEnded() throws Exception {
        end(write(1));
        Completion flush = flush();
        assertEquals("0 0", target.status());
        Completion second = flush();
        end(second);
        assertEquals("1 1", target.status());
        end(flush);
        assertEquals("3 4", target.status());

        assertEquals(List.of("0+0 1", "1+1 0", "0+0 1", END), log());
    }

    @Test
    void shouldLogDiscardsMetadataAndNoReads() throws Exception {
        end(submit(BioOp.DISCARD, 0, 8, 16, 0));
        end(submit(BioOp.WRITE, RequestFlags.META, 5, 2, 5));
        end(submit(BioOp.READ, 0, 0, 1, 0));
        end(submit(BioOp.WRITE, RequestFlags.META | RequestFlags.FUA, 6, 1, 6));

        assertEquals(List.of("6+1 18", "8+16 4", "5+2 16", END), log());
        assertTrue(target.accepts(BioOp.DISCARD) && !target.accepts(BioOp.WRITE_ZEROES));
    }

    @Test
    void shouldKeepTheDataAsItWasWhenItWasSent() throws Exception {
        Completion write = write(7);
        Arrays.fill(write.bio().data().array(), (byte) 99);
        end(write);

        assertEquals(List.of("7+1 0", END), log());
    }

    /** It may have reached the disk, as in the kernel; one that was refused has not. */
    @Test
    void shouldLogWhatHasFailedAndNotWhatWasRefused() throws Exception {
        write(1).bio().end(Errno.EIO);
        Completion refused = write(2);
        refused.bio().end(Errno.EOPNOTSUPP);

        assertEquals(Errno.EOPNOTSUPP, refused.status());
        assertEquals(List.of("1+1 0", END), log());
        assertEquals(0, memory.used());
    }

    @Test
    void shouldTakeAndLogADiscardThatTheDeviceDoesNotKnow() throws Exception {
        Completion discard = submit(BioOp.DISCARD, 0, 0, 8, 0);
        discard.bio().end(Errno.EOPNOTSUPP);

        assertEquals(Errno.OK, discard.status());
        assertEquals(List.of("0+8 4", END), log());
        assertEquals(0, memory.used());
    }

    @Test
    void shouldLogWhatWasWrittenBeforeAFlushThatIsRefused() throws Exception {
        end(write(1));
        flush().bio().end(Errno.EOPNOTSUPP);
        end(fua(2));

        assertEquals(List.of("1+1 0", "0+0 1", "2+1 2", END), log());
        assertEquals(0, memory.used());
    }

    @Test
    void shouldPutMarksInPlace() throws Exception {
        end(write(1));
        assertEquals("", target.message(List.of("mark", "first")));
        end(flush());
        target.message(List.of("MARK", "zwei \u00e4"));
        String longest = "x".repeat(WriteLog.MARK_BYTES_MAX);
        target.message(List.of("mark", longest + "yz"));

        assertEquals(List.of("mark first", "1+1 0", "0+0 1", "mark zwei \u00e4", "mark " + longest, END), log());
    }

    @Test
    void shouldRefuseOtherMessages() {
        for (List<String> words : List.of(List.of("mark"), List.of("mark", "a", "b"), List.of("note", "a"))) {
            DmException thrown = assertThrows(DmException.class, () -> target.message(words));
            assertEquals(Errno.EINVAL, thrown.errno());
        }
    }

    @Test
    void shouldWriteTheSuperblockWithMarksAndFua() {
        ByteBuffer head = ByteBuffer.wrap(logDevice.content()).order(ByteOrder.LITTLE_ENDIAN);
        end(write(1));
        end(flush());
        assertEquals(0, head.getLong(0));
        end(fua(2));
        assertEquals(3, head.getLong(16));
        end(write(1));
        end(flush());
        assertEquals(3, head.getLong(16));
        assertEquals("5 8", target.status());
        target.close();
        assertEquals(6, head.getLong(16));
        assertEquals("8:1 8:2", target.table());
    }

    /** The last sector stays free, as with the kernel; and what is counted as given out there, is here. */
    @Test
    void shouldStopWhenTheLogDeviceIsFull() throws Exception {
        target.message(List.of("mark", "a"));
        end(submit(BioOp.WRITE, 0, 1, 31, 1), submit(BioOp.WRITE, 0, 1, 27, 1));
        end(flush());
        assertEquals("4 62", target.status());
        assertEquals(List.of(), problems);

        target.message(List.of("mark", "b"));

        assertEquals("4 63 logging_disabled", target.status());
        assertEquals(List.of("logging is off: the log device is full: it has 64 sectors"), problems);
        Completion write = write(1);
        end(write);
        assertEquals(Errno.OK, write.status());
        assertEquals(List.of("mark a"), log());
        assertEquals(0, memory.used());
    }

    @Test
    void shouldGoOnWithoutALogWhenThatCannotBeWritten() throws Exception {
        target = target(below, new ScriptedDevice(64, bio -> bio.end(Errno.ENOSPC)));
        end(write(1));
        Completion flush = flush();
        end(flush);

        assertEquals(Errno.OK, flush.status());
        assertEquals("1 2 logging_disabled", target.status());
        assertEquals(List.of("logging is off: writing to the log device failed: No space left on device"), problems);
        target.close();
        assertEquals(0, memory.used());
    }

    @Test
    void shouldGiveUpTheLogWhenThereIsNoMemoryForIt() throws Exception {
        for (int i = 0; i < 32; i++) {
            end(write(i));
        }
        assertEquals(64 * SECTOR, memory.used());
        Completion late = write(33);
        end(late);

        assertEquals(Errno.OK, late.status());
        assertEquals("0 0 logging_disabled", target.status());
        assertEquals(0, memory.used());
        assertEquals(1, problems.size());
        target.close();
        assertEquals(0, memory.used());
    }

    @Test
    void shouldNotWaitForEverForALogDeviceThatDoesNotAnswer() throws Exception {
        HoldingDevice stuck = new HoldingDevice(64);
        CountDownLatch done = new CountDownLatch(1);
        WriteLog log = new WriteLog(
                new LogDevice(stuck),
                memory,
                task -> new Thread(() -> {
                            task.run();
                            done.countDown();
                        })
                        .start(),
                problems::add);
        log.mark("a".getBytes(StandardCharsets.UTF_8));
        Bio held = stuck.take();

        assertTrue(!log.finish("end".getBytes(StandardCharsets.UTF_8), 50, TimeUnit.MILLISECONDS));

        assertEquals(List.of("logging is off: the log device does not answer"), problems);
        held.end(Errno.OK);
        stuck.take().end(Errno.OK);
        done.await();
        assertEquals(0, stuck.heldCount());
        assertEquals(0, memory.used());
    }
}
