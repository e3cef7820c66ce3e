package org.dmuser.channel;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A service's answer to an {@link AttachRequest} it agrees to.
 *
 * @param device the control name of the target
 * @param file the channel's file
 * @param epoch what must stand in it
 */
public record AttachReply(String device, Path file, long epoch) {
    private static final String ACCEPTED = "channel";
    private static final String REFUSED = "refused";

    /** The frame that refuses a daemon, for a reason in one line. */
    public static List<String> refusal(String reason) {
        return List.of(REFUSED, reason);
    }

    public List<String> frame() {
        return List.of(ACCEPTED, device, file.toString(), Long.toString(epoch));
    }

    static AttachReply parse(List<String> frame) throws IOException {
        if (frame.size() == 2 && frame.get(0).equals(REFUSED)) {
            throw new AttachException(frame.get(1));
        }
        if (frame.size() != 4 || !frame.get(0).equals(ACCEPTED)) {
            throw new IOException("not an answer to an attach request: " + frame);
        }
        return new AttachReply(frame.get(1), Path.of(frame.get(2)), Long.parseLong(frame.get(3)));
    }
}
