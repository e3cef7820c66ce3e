package org.dmuser.bench.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.dmuser.bench.fio.Row;

/** All figures of a run. */
public final class Results {
    private record Key(String contender, Row row) {}

    private final Map<Key, Figure> figures = new LinkedHashMap<>();

    private Results() {}

    /** Makes figures of samples. */
    public static Results of(List<Sample> samples) {
        Map<Key, List<Sample>> sorted = new LinkedHashMap<>();
        for (Sample sample : samples) {
            sorted.computeIfAbsent(new Key(sample.contender(), sample.row()), key -> new ArrayList<>())
                    .add(sample);
        }
        Results results = new Results();
        sorted.forEach((key, group) -> results.figures.put(key, Figure.of(List.copyOf(group))));
        return results;
    }

    /** In the order of the first sample of each. */
    public Collection<Figure> figures() {
        return figures.values();
    }

    public Optional<Figure> figure(String contender, Row row) {
        return Optional.ofNullable(figures.get(new Key(contender, row)));
    }

    /** Whether anything of that contender was measured. */
    public boolean has(String contender) {
        return figures.keySet().stream().anyMatch(key -> key.contender().equals(contender));
    }

    /** Whether that row was measured on anything. */
    public boolean has(Row row) {
        return figures.keySet().stream().anyMatch(key -> key.row() == row);
    }

    /** How many times as fast; nothing unless both were measured. */
    public OptionalDouble ratio(String contender, String against, Row row) {
        Figure one = figures.get(new Key(contender, row));
        Figure other = figures.get(new Key(against, row));
        return one == null || other == null ? OptionalDouble.empty() : OptionalDouble.of(one.value() / other.value());
    }
}
