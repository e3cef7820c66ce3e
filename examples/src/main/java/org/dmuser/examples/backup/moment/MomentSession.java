package org.dmuser.examples.backup.moment;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dmuser.examples.backup.tracking.DeviceInUseException;
import org.dmuser.examples.backup.tracking.TrackingPoint;
import org.dmuser.sdk.control.ControlSession;

/**
 * Answers one connection to the daemon: {@code freeze POINT...} begins a moment, {@code end} ends it, and so does the
 * end of the connection.
 *
 * <pre>
 *   answer to freeze   point LF number LF base LF why there is no base      one of the last two is empty
 *                      "in use" LF why                                      try again later
 *
 *   number             that of the moment's map, in decimal: the reader may find that of another daemon's moment
 * </pre>
 */
public final class MomentSession implements ControlSession {
    static final String FREEZE = "freeze";
    static final String END = "end";
    static final String IN_USE = "in use";

    private final Moments moments;
    private Moment moment;

    public MomentSession(Moments moments) {
        this.moments = moments;
    }

    /** Where the daemon with this tracking file listens. */
    public static Path socket(Path tracking) {
        return MomentFiles.control(tracking);
    }

    @Override
    public String run(List<String> words) throws IOException {
        return switch (words.get(0)) {
            case FREEZE -> freeze(words.subList(1, words.size()));
            case END -> {
                close();
                yield "";
            }
            default -> throw new IOException("the daemon does not know '" + words.get(0) + "'");
        };
    }

    private String freeze(List<String> words) throws IOException {
        if (moment != null) {
            throw new IOException("this connection has a moment already");
        }
        List<TrackingPoint> bases = new ArrayList<>();
        for (String word : words) {
            bases.add(TrackingPoint.parse(word));
        }
        Moments.Begun begun;
        try {
            begun = moments.begin(bases);
        } catch (DeviceInUseException e) {
            return IN_USE + "\n" + e.getMessage();
        }
        moment = begun.moment();
        String base = begun.base().point().map(TrackingPoint::toString).orElse("");
        return begun.point() + "\n" + moment.number() + "\n" + base + "\n"
                + begun.base().whyNone();
    }

    @Override
    public void close() {
        if (moment == null) {
            return;
        }
        try {
            moments.end(moment, "the moment has ended, or its daemon");
        } catch (IOException e) {
            log().log(Level.WARNING, "the copy of a moment cannot be deleted: " + e.getMessage());
        }
        moment = null;
    }

    /** Looked for only when there is something to say: the JDK looks for it in each of the jars. */
    private static System.Logger log() {
        return System.getLogger(MomentSession.class.getName());
    }
}
