package org.dmuser.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SeatsTest {
    private static final int COUNT = Runtime.getRuntime().availableProcessors();

    @TempDir
    Path directory;

    @Test
    void shouldHaveAsManyAsThereAreProcessors() {
        Seats seats = Seats.ofProcess();
        List<Seats.Seat> taken = takeAll(seats);
        assertEquals(COUNT, taken.size());
        assertFalse(seats.haveFree());
        taken.get(0).leave();
        assertTrue(seats.haveFree());
        assertTrue(seats.seat().take());
        assertFalse(seats.seat().take());
    }

    @Test
    void shouldKeepASeatUntilItIsLeft() {
        Seats seats = Seats.ofProcess();
        List<Seats.Seat> taken = takeAll(seats);
        for (Seats.Seat seat : taken) {
            assertTrue(seat.take());
            seat.leave();
            seat.leave();
        }
        assertEquals(COUNT, takeAll(seats).size());
    }

    @Test
    void shouldHaveNoneWherePollingIsOff() throws Exception {
        assertNone(Seats.none());
        assertNone(Seats.ofProcess(Polling.OFF));
        assertNone(Seats.create(directory, Polling.OFF));
        assertNone(Seats.open(directory));
    }

    private static void assertNone(Seats seats) {
        assertFalse(seats.haveFree());
        assertFalse(seats.seat().take());
        seats.seat().leave();
    }

    @Test
    void shouldShareThemWithAllWhoOpenThem() throws Exception {
        Seats service = Seats.create(directory, Polling.ADAPTIVE);
        Seats daemon = Seats.open(directory);
        List<Seats.Seat> taken = takeAll(service);
        assertEquals(COUNT, taken.size());
        assertFalse(daemon.haveFree());
        taken.get(0).leave();
        assertTrue(daemon.seat().take());
        assertFalse(service.haveFree());
    }

    @Test
    void shouldBeMadeOnce() throws Exception {
        Seats.create(directory, Polling.ADAPTIVE);
        assertThrows(IOException.class, () -> Seats.create(directory, Polling.ADAPTIVE));
    }

    @Test
    void shouldBeThoseOfTheProcessWhereThereAreNoShared() throws Exception {
        assertEquals(COUNT, takeAll(Seats.open(directory)).size());
        assertEquals(COUNT, takeAll(Seats.open(directory)).size());
    }

    @Test
    void shouldFreeThoseOfTheDeadAlone() throws Exception {
        Seats seats = Seats.create(directory, Polling.ADAPTIVE);
        takeAll(seats);
        seats.vacate(ProcessHandle.current().pid() + 1);
        assertFalse(seats.haveFree());
        seats.vacate(ProcessHandle.current().pid());
        assertEquals(COUNT, takeAll(seats).size());
    }

    /** Whoever has a file that is not one must not fall over it later. */
    @Test
    void shouldNotBelieveAFileThatSaysMoreThanItHolds() throws Exception {
        Seats.create(directory, Polling.ADAPTIVE);
        Path file = directory.resolve(Seats.FILE_NAME);
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, 0, Integer.BYTES, (byte) 0x7f);
        Files.write(file, bytes);
        assertEquals(COUNT, takeAll(Seats.open(directory)).size());
    }

    @Test
    void shouldNeverSeatMoreThanThereAreSeats() throws Exception {
        Seats seats = Seats.create(directory, Polling.ADAPTIVE);
        AtomicInteger seated = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger turns = new AtomicInteger();
        Effort effort = new Effort();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4 * COUNT; i++) {
            Thread thread = new Thread(() -> {
                Seats.Seat seat = seats.seat();
                for (int turn = 0; turn == 0 || turn < 20_000 && effort.isLeft(); turn++) {
                    if (seat.take()) {
                        most.accumulateAndGet(seated.incrementAndGet(), Math::max);
                        turns.incrementAndGet();
                        seated.decrementAndGet();
                        seat.leave();
                    }
                    Thread.yield();
                }
            });
            threads.add(thread);
            thread.start();
        }
        threads.forEach(thread -> assertTrue(Uninterrupted.join(thread, ChannelRig.limitNs())));
        assertTrue(most.get() <= COUNT, () -> most + " at a time");
        assertTrue(turns.get() > 0);
        assertEquals(COUNT, takeAll(seats).size());
    }

    private static List<Seats.Seat> takeAll(Seats seats) {
        List<Seats.Seat> taken = new ArrayList<>();
        for (Seats.Seat seat = seats.seat(); seat.take(); seat = seats.seat()) {
            taken.add(seat);
        }
        return taken;
    }
}
