package org.dmuser.cli.backup;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.dmuser.cli.base.JsonObject;
import org.dmuser.examples.backup.repository.Point;

/** Restore points for people, and as JSON. */
final class PointText {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

    private PointText() {}

    /** In the time zone of this machine. */
    static String time(Instant time) {
        return TIME.format(time);
    }

    static JsonObject json(Point point) {
        return new JsonObject()
                .put("point", point.id())
                .put("time", point.time().toString())
                .put("volume", point.volume())
                .put("host", point.host())
                .put("size", point.size());
    }
}
