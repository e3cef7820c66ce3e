package org.dmuser.sdk.filter;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dmuser.channel.Errno;
import org.dmuser.sdk.BlockException;
import org.dmuser.sdk.BlockHandler;
import org.dmuser.sdk.DeviceInfo;
import org.dmuser.sdk.FilterProvider;
import org.dmuser.sdk.ThreadModel;
import org.dmuser.sdk.config.ConfigException;
import org.dmuser.sdk.config.HandlerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.InOrder;

class FiltersTest {
    private static final DeviceInfo DEVICE = new DeviceInfo("disk", 1 << 20, false);

    private final BlockHandler next = mock();
    private final FakePause pause = new FakePause();
    private final ByteBuffer buffer = ByteBuffer.allocate(4096);

    @TempDir
    private Path directory;

    private record Nothing(BlockHandler next) implements FilterBlockHandler {}

    @Test
    void shouldSendWhatIsNotOverriddenThroughReadWriteAndFlush() throws IOException {
        BlockHandler filter = new Nothing(next);
        assertOpensLikeTheNext(filter);
        filter.read(512, buffer);
        filter.writeFua(1536, buffer);
        doAnswer(call -> call.<ByteBuffer>getArgument(1).position(512))
                .when(next)
                .write(eq(4096L), any());
        filter.writeZeroes(4096, 512);
        BlockException e = assertThrows(BlockException.class, () -> filter.discard(2048, 512));
        assertEquals(Errno.EOPNOTSUPP, e.errno());
        filter.close();
        InOrder order = inOrder(next);
        order.verify(next).open(DEVICE);
        order.verify(next).read(512, buffer);
        order.verify(next).write(1536, buffer);
        order.verify(next).flush();
        order.verify(next).write(eq(4096L), any());
        order.verify(next).close();
        order.verifyNoMoreInteractions();
        verify(next, never()).writeFua(anyLong(), any());
    }

    @ParameterizedTest
    @ValueSource(strings = {"delay", "error", "rate", "log"})
    void shouldPassThroughWhenAskedForNothing(String name) throws IOException {
        assertPassesThrough(
                switch (name) {
                    case "delay" -> create(new DelayFilter());
                    case "error" -> create(new ErrorFilter(), "rate=0");
                    case "rate" -> create(new RateFilter(), "rate=1G");
                    default -> create(new LogFilter(), "file=" + directory.resolve("log"));
                });
    }

    /** Says of itself what the next handler does, and opens it. */
    private void assertOpensLikeTheNext(BlockHandler filter) throws IOException {
        when(next.size()).thenReturn(4096L);
        when(next.readOnly()).thenReturn(true);
        when(next.threadModel()).thenReturn(ThreadModel.PARALLEL);
        assertEquals(4096, filter.size());
        assertTrue(filter.readOnly());
        assertSame(ThreadModel.PARALLEL, filter.threadModel());
        filter.open(DEVICE);
    }

    private void assertPassesThrough(BlockHandler filter) throws IOException {
        assertOpensLikeTheNext(filter);
        callAll(filter);
        filter.close();
        InOrder order = inOrder(next);
        order.verify(next).open(DEVICE);
        order.verify(next).read(512, buffer);
        order.verify(next).write(1024, buffer);
        order.verify(next).writeFua(1536, buffer);
        order.verify(next).flush();
        order.verify(next).discard(2048, 1);
        order.verify(next).writeZeroes(4096, 2);
        order.verify(next).close();
    }

    private void callAll(BlockHandler filter) throws IOException {
        filter.read(512, buffer);
        filter.write(1024, buffer);
        filter.writeFua(1536, buffer);
        filter.flush();
        filter.discard(2048, 1);
        filter.writeZeroes(4096, 2);
    }

    @Test
    void shouldDelayByOperation() throws IOException {
        BlockHandler filter =
                create(new DelayFilter(pause), "read=1ms", "write=2ms", "flush=3ms", "discard=4ms", "zeroes=5ms");
        callAll(filter);
        assertEquals(List.of(1_000_000L, 2_000_000L, 2_000_000L, 3_000_000L, 4_000_000L, 5_000_000L), pause.waitsNs);
    }

    @Test
    void shouldReallyWait() throws IOException {
        long startNs = System.nanoTime();
        create(new DelayFilter(), "flush=2ms").flush();
        assertTrue(System.nanoTime() - startNs >= 2_000_000);
    }

    @Test
    void shouldEndAWaitThatIsInterrupted() {
        BlockHandler filter = assertDoesNotThrow(() -> create(new DelayFilter(), "flush=10min"));
        Thread.currentThread().interrupt();
        assertThrows(InterruptedIOException.class, filter::flush);
        assertTrue(Thread.interrupted(), "the interrupt is for whoever comes next");
    }

    @Test
    void shouldLimitTheRateAfterABurst() throws IOException {
        BlockHandler filter = create(new RateFilter(pause), "rate=4096", "burst=8192");
        for (int i = 0; i < 5; i++) {
            filter.read(0, buffer);
        }
        assertEquals(List.of(1_000_000_000L, 1_000_000_000L), pause.waitsNs.subList(3, 5));
        assertEquals(3, pause.waitsNs.stream().filter(ns -> ns <= 0).count());
    }

    @Test
    void shouldNotSaveUpMoreThanABurst() throws IOException {
        BlockHandler filter = create(new RateFilter(pause), "rate=4096", "burst=4096");
        pause.nowNs += 100_000_000_000L;
        filter.write(0, buffer);
        filter.write(0, buffer);
        filter.write(0, buffer);
        assertEquals(1_000_000_000L, pause.waitsNs.get(2));
    }

    @Test
    void shouldNotCountWhatCarriesNoData() throws IOException {
        BlockHandler filter = create(new RateFilter(pause), "rate=1", "burst=0");
        filter.flush();
        filter.discard(0, 1 << 20);
        filter.writeZeroes(0, 1 << 20);
        assertEquals(List.of(), pause.waitsNs);
    }

    @Test
    void shouldRefuseARateOfNothing() {
        ConfigException e = assertThrows(ConfigException.class, () -> create(new RateFilter(), "rate=0"));
        assertEquals("filter rate: rate: 0 lets nothing through; write 1 or more", e.getMessage());
    }

    @Test
    void shouldFailEverythingUnlessToldOtherwise() {
        BlockHandler filter = assertDoesNotThrow(() -> create(new ErrorFilter()));
        assertInjected(Errno.EIO, () -> filter.read(0, buffer));
        assertInjected(Errno.EIO, () -> filter.write(0, buffer));
        assertInjected(Errno.EIO, () -> filter.writeFua(0, buffer));
        assertInjected(Errno.EIO, filter::flush);
        assertInjected(Errno.EIO, () -> filter.discard(0, 512));
        assertInjected(Errno.EIO, () -> filter.writeZeroes(0, 512));
        org.mockito.Mockito.verifyNoInteractions(next);
    }

    @Test
    void shouldFailOneOperationOnly() throws IOException {
        BlockHandler filter = create(new ErrorFilter(), "rate=0", "write=100%", "error=enospc");
        filter.read(0, buffer);
        filter.flush();
        assertInjected(Errno.ENOSPC, () -> filter.write(0, buffer));
        assertInjected(Errno.ENOSPC, () -> filter.writeFua(0, buffer));
    }

    @Test
    void shouldFailAtTheRateAndTheSameWayForTheSameSeed() throws IOException {
        List<Integer> first = failures(create(new ErrorFilter(), "rate=10%", "seed=42"));
        assertEquals(first, failures(create(new ErrorFilter(), "rate=10%", "seed=42")));
        assertTrue(first.size() > 800 && first.size() < 1200, () -> first.size() + " of 10000");
    }

    @Test
    void shouldFailOnlyWhileTheFileExists() throws IOException {
        Path trigger = directory.resolve("trigger");
        BlockHandler filter = create(new ErrorFilter(), "file=" + trigger);
        filter.flush();
        Files.createFile(trigger);
        assertInjected(Errno.EIO, filter::flush);
        Files.delete(trigger);
        filter.flush();
    }

    @Test
    void shouldRefuseToFailWithSuccess() {
        assertThrows(ConfigException.class, () -> create(new ErrorFilter(), "error=OK"));
    }

    @Test
    void shouldLogEveryRequest() throws IOException {
        Path log = directory.resolve("log");
        Files.writeString(log, "before\n");
        org.mockito.Mockito.doThrow(new IOException("bad sector")).when(next).read(512, buffer);
        BlockHandler filter = create(new LogFilter(), "file=" + log);
        filter.open(DEVICE);
        assertThrows(IOException.class, () -> filter.read(512, buffer));
        filter.writeFua(1536, buffer);
        filter.flush();
        filter.discard(2048, 1024);
        filter.close();
        List<String> lines = Files.readAllLines(log).stream()
                .map(line -> line.replaceAll("us=[0-9]+", "us=N"))
                .toList();
        assertEquals(
                List.of(
                        "before",
                        "open " + DEVICE,
                        "read offset=512 length=4096 us=N: java.io.IOException: bad sector",
                        "write-fua offset=1536 length=4096 us=N: ok",
                        "flush offset=0 length=0 us=N: ok",
                        "discard offset=2048 length=1024 us=N: ok",
                        "close"),
                lines);
    }

    @Test
    void shouldGoOnWhenTheLogCannotBeWritten() throws IOException {
        LogLines lines = LogLines.toFile(Path.of("/dev/full"));
        lines.add("one");
        lines.add("two");
        assertDoesNotThrow(() -> create(new LogFilter(), "file=/dev/full").flush());
    }

    @Test
    void shouldLogToTheSystemLogWithoutAFile() throws IOException {
        create(new LogFilter()).flush();
        org.mockito.Mockito.verify(next).flush();
    }

    private List<Integer> failures(BlockHandler filter) {
        List<Integer> failed = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            try {
                filter.flush();
            } catch (IOException e) {
                failed.add(i);
            }
        }
        return failed;
    }

    private static void assertInjected(Errno errno, org.junit.jupiter.api.function.Executable call) {
        BlockException e = assertThrows(BlockException.class, call);
        assertEquals(errno, e.errno());
    }

    private BlockHandler create(FilterProvider provider, String... words) throws IOException {
        HandlerConfig config = HandlerConfig.of("filter " + provider.name(), List.of(words));
        config.declare(provider.keys());
        config.rejectUnknown();
        return provider.create(next, config);
    }

    /** A clock that jumps to where somebody waits for it. */
    private static final class FakePause implements Pause {
        private final List<Long> waitsNs = new ArrayList<>();
        private long nowNs = 5_000_000_000L;

        @Override
        public long nowNs() {
            return nowNs;
        }

        @Override
        public void until(long deadlineNs) {
            waitsNs.add(deadlineNs - nowNs);
            nowNs = Math.max(nowNs, deadlineNs);
        }
    }
}
