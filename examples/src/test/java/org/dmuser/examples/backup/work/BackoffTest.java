package org.dmuser.examples.backup.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
    private static final long CHUNK_NS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long END_NS = TimeUnit.SECONDS.toNanos(60);

    /** A device and its time: so many requests a second while there is work, and while there is none. */
    private static final class Device implements Backoff.Clock {
        double working;
        double quiet;
        double requests;
        long now;
        long paused;

        Device(double working, double quiet) {
            this.working = working;
            this.quiet = quiet;
        }

        void work() {
            now += CHUNK_NS;
            requests += working * CHUNK_NS / 1e9;
        }

        @Override
        public long now() {
            return now;
        }

        @Override
        public void pause(long ns) {
            now += ns;
            paused += ns;
            requests += quiet * ns / 1e9;
        }

        void backUp(Backoff backoff, long untilNs) {
            while (now < untilNs) {
                work();
                backoff.pass();
            }
        }
    }

    @ParameterizedTest(name = "{0} requests a second beside work, {1} without")
    @CsvSource({"26000, 100000", "60000, 100000", "800, 1000"})
    void shouldLeaveUsersMostOfTheirRequests(double working, double quiet) {
        Device device = new Device(working, quiet);
        device.backUp(new Backoff(() -> (long) device.requests, device), END_NS);
        double kept = device.requests * 1e9 / device.now / quiet;
        assertTrue(kept > Backoff.KEPT - 0.01, "kept " + kept);
        assertTrue(device.paused < device.now * 0.91, "paused " + device.paused + " of " + device.now);
    }

    @Test
    void shouldGoOnHoweverMuchItHarms() {
        Device device = new Device(100, 100_000);
        device.backUp(new Backoff(() -> (long) device.requests, device), END_NS);
        double worked = 1 - (double) device.paused / device.now;
        assertTrue(worked > Backoff.PART_MIN - 0.02, "worked " + worked + " of the time");
    }

    @Test
    void shouldNotWaitForADeviceThatNobodyUses() {
        Device device = new Device(0, 0);
        device.backUp(new Backoff(() -> (long) device.requests, device), END_NS);
        assertEquals(0, device.paused);
    }

    @ParameterizedTest(name = "{0} requests a second beside work, {1} without")
    @CsvSource({"50000, 50000", "49000, 50000", "60000, 50000"})
    void shouldHardlyPauseWhereItDoesNoHarm(double working, double quiet) {
        Device device = new Device(working, quiet);
        device.backUp(new Backoff(() -> (long) device.requests, device), END_NS);
        assertTrue(device.paused < device.now * 0.03, "paused " + device.paused);
    }

    @Test
    void shouldNoticeThatThingsHaveChanged() {
        Device device = new Device(20_000, 100_000);
        Backoff backoff = new Backoff(() -> (long) device.requests, device);
        device.backUp(backoff, END_NS);
        device.working = 100_000;
        device.backUp(backoff, END_NS * 2);
        long before = device.paused;
        device.backUp(backoff, END_NS * 3);
        assertTrue(device.paused - before < END_NS * 0.03, "paused " + (device.paused - before));
    }
}
