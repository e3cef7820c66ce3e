package org.dmuser.examples.backup.work;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dmuser.examples.backup.repository.Point;

/**
 * Which points stay and which go.
 *
 * @param kept with the rules that keep them
 * @param removed the others, the oldest first
 */
public record PrunePlan(Map<Point, List<String>> kept, List<Point> removed) {
    private record Device(String host, String volume) {}

    /** Applies rules to the points of each device for itself. */
    public static PrunePlan of(List<Point> points, Retention retention) {
        Map<Device, List<Point>> devices = new LinkedHashMap<>();
        for (Point point : points) {
            devices.computeIfAbsent(new Device(point.host(), point.volume()), device -> new ArrayList<>())
                    .add(point);
        }
        Map<Point, List<String>> kept = new LinkedHashMap<>();
        devices.values().forEach(ofDevice -> kept.putAll(retention.keep(ofDevice, Point::time)));
        return new PrunePlan(
                kept, points.stream().filter(point -> !kept.containsKey(point)).toList());
    }
}
