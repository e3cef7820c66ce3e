package org.dmuser.examples.backup.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class RetentionTest {
    private static Map<Instant, List<String>> keep(Retention retention, List<Instant> points) {
        List<Instant> shuffled = new ArrayList<>(points);
        Collections.shuffle(shuffled, new Random(7));
        return retention.keep(shuffled, Function.identity());
    }

    private static List<Instant> instants(String... texts) {
        return List.of(texts).stream().map(Instant::parse).toList();
    }

    @Test
    void shouldKeepNewestOfEachDay() {
        List<Instant> points = instants(
                "2026-03-01T01:00:00Z", "2026-03-01T23:00:00Z", "2026-03-02T05:00:00Z", "2026-03-05T05:00:00Z");
        Map<Instant, List<String>> kept = keep(new Retention(0, 2, 0, 0, ZoneOffset.UTC), points);
        assertEquals(Map.of(points.get(3), List.of("day 2026-03-05"), points.get(2), List.of("day 2026-03-02")), kept);
    }

    @Test
    void shouldCountOnlyDaysThatHaveAPoint() {
        List<Instant> points = instants("2020-01-01T00:00:00Z", "2023-06-01T00:00:00Z", "2026-01-01T00:00:00Z");
        assertEquals(3, keep(new Retention(0, 3, 0, 0, ZoneOffset.UTC), points).size());
    }

    @Test
    void shouldEndDaysAtMidnightOfTheZone() {
        // Both on the second of March in Tokyo, and on different days in Greenwich.
        List<Instant> points = instants("2026-03-01T20:00:00Z", "2026-03-02T10:00:00Z");
        assertEquals(
                1,
                keep(new Retention(0, 7, 0, 0, ZoneId.of("Asia/Tokyo")), points).size());
        assertEquals(2, keep(new Retention(0, 7, 0, 0, ZoneOffset.UTC), points).size());
    }

    @Test
    void shouldBeginWeeksOnMondayAlsoAcrossNewYear() {
        // The first of January 2027 is a Friday, of week 53 of 2026.
        List<Instant> points = instants("2026-12-27T12:00:00Z", "2026-12-28T12:00:00Z", "2027-01-03T12:00:00Z");
        Map<Instant, List<String>> kept = keep(new Retention(0, 0, 9, 0, ZoneOffset.UTC), points);
        assertEquals(Map.of(points.get(2), List.of("week 2026-W53"), points.get(0), List.of("week 2026-W52")), kept);
    }

    @Test
    void shouldNameAllRulesThatKeepAPoint() {
        List<Instant> points = instants("2026-03-01T01:00:00Z", "2026-03-01T02:00:00Z");
        Map<Instant, List<String>> kept = keep(new Retention(2, 1, 1, 1, ZoneOffset.UTC), points);
        assertEquals(List.of("last", "day 2026-03-01", "week 2026-W09", "month 2026-03"), kept.get(points.get(1)));
        assertEquals(List.of("last"), kept.get(points.get(0)));
    }

    @Test
    void shouldKeepYearOfMonthsWhenThereIsAPointEachHour() {
        List<Instant> points = new ArrayList<>();
        Instant start = Instant.parse("2024-01-01T00:00:00Z");
        for (int hour = 0; hour < 2 * 365 * 24; hour++) {
            points.add(start.plusSeconds(3600L * hour));
        }
        Map<Instant, List<String>> kept = keep(new Retention(3, 7, 4, 12, ZoneOffset.UTC), points);
        assertEquals(
                12,
                kept.values().stream()
                        .filter(r -> r.toString().contains("month"))
                        .count());
        assertEquals(
                7,
                kept.values().stream().filter(r -> r.toString().contains("day")).count());
        assertEquals(points.get(points.size() - 1), kept.keySet().iterator().next());
    }

    @Test
    void shouldRefuseRulesThatKeepNothing() {
        assertThrows(IllegalArgumentException.class, () -> new Retention(0, 0, 0, 0, ZoneOffset.UTC));
        assertThrows(IllegalArgumentException.class, () -> new Retention(-1, 1, 0, 0, ZoneOffset.UTC));
    }
}
