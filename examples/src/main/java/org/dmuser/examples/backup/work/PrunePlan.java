package org.dmuser.examples.backup.work;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.dmuser.examples.backup.repository.Point;
import org.dmuser.examples.backup.repository.Points;

/**
 * Which points stay and which go.
 *
 * @param kept with the rules that keep them
 * @param removed the others, the oldest first
 * @param unreadable ids of points that go, too, and cannot be read
 */
public record PrunePlan(Map<Point, List<String>> kept, List<Point> removed, List<String> unreadable) {
    private record Device(String host, String volume) {}

    /**
     * Applies rules to the points of each device for itself.
     *
     * @param going ids of points that go whatever the rules say; all that cannot be read are among them
     * @param judged the points that the rules are for: the others stay
     */
    public static PrunePlan of(
            Points.Listing all, Set<String> going, Predicate<Point> judged, Optional<Retention> rules) {
        Map<Point, List<String>> kept = new LinkedHashMap<>();
        Map<Device, List<Point>> devices = new LinkedHashMap<>();
        for (Point point : all.points()) {
            if (going.contains(point.id())) {
                continue;
            }
            if (rules.isEmpty() || !judged.test(point)) {
                kept.put(point, List.of());
            } else {
                devices.computeIfAbsent(new Device(point.host(), point.volume()), device -> new ArrayList<>())
                        .add(point);
            }
        }
        devices.values().forEach(ofDevice -> kept.putAll(rules.get().keep(ofDevice, Point::time)));
        List<Point> removed =
                all.points().stream().filter(point -> !kept.containsKey(point)).toList();
        return new PrunePlan(kept, removed, List.copyOf(all.damaged().keySet()));
    }

    /** Ids of all that go. */
    public List<String> removedIds() {
        return Stream.concat(removed.stream().map(Point::id), unreadable.stream())
                .toList();
    }
}
