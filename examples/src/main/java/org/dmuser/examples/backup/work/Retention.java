package org.dmuser.examples.backup.work;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Which points in time are kept: the newest one of each of so many days, weeks and months, and so many last ones. Only
 * days (weeks, months) that have a point count, so a pause of a year loses nothing.
 *
 * @param last how many of the newest
 * @param daily how many days
 * @param weekly how many weeks, which begin on Mondays (ISO 8601)
 * @param monthly how many months
 * @param zone whose midnight ends a day
 */
public record Retention(int last, int daily, int weekly, int monthly, ZoneId zone) {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT);
    private static final DateTimeFormatter WEEK = DateTimeFormatter.ofPattern("YYYY-'W'ww", Locale.GERMANY);
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("uuuu-MM", Locale.ROOT);

    public Retention {
        if (last < 0 || daily < 0 || weekly < 0 || monthly < 0) {
            throw new IllegalArgumentException("a negative number of points to keep");
        }
        if (last + daily + weekly + monthly == 0) {
            throw new IllegalArgumentException("these rules keep nothing");
        }
    }

    /**
     * Those to be kept, the newest first, each with the rules that keep it: "last", "day 2026-11-21".
     *
     * @param points all there are, in any order
     * @param time when each was taken
     */
    public <T> Map<T, List<String>> keep(List<T> points, Function<T, Instant> time) {
        List<T> newestFirst =
                points.stream().sorted(Comparator.comparing(time).reversed()).toList();
        Map<T, List<String>> kept = new LinkedHashMap<>();
        List<Rule> rules =
                List.of(new Rule("day", daily, DAY), new Rule("week", weekly, WEEK), new Rule("month", monthly, MONTH));
        int seen = 0;
        for (T point : newestFirst) {
            List<String> reasons = new ArrayList<>();
            if (seen++ < last) {
                reasons.add("last");
            }
            for (Rule rule : rules) {
                rule.applyTo(time.apply(point).atZone(zone), reasons);
            }
            if (!reasons.isEmpty()) {
                kept.put(point, reasons);
            }
        }
        return kept;
    }

    /** Keeps the first point it sees of each of its periods, until it has had as many as it may. */
    private static final class Rule {
        private final String name;
        private final int periods;
        private final DateTimeFormatter format;
        private final Set<String> seen = new HashSet<>();

        Rule(String name, int periods, DateTimeFormatter format) {
            this.name = name;
            this.periods = periods;
            this.format = format;
        }

        void applyTo(ZonedDateTime time, List<String> reasons) {
            String period = time.format(format);
            if (seen.size() < periods && seen.add(period)) {
                reasons.add(name + " " + period);
            }
        }
    }
}
