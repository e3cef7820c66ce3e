package org.dmuser.channel;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.List;

/**
 * What a daemon says first on a control connection, which from then on stands for the channel: its end, for whatever
 * reason, is the end of the channel.
 *
 * @param device a mapped device, or the control name of a {@code user} target
 * @param handler the name of what serves it, for people
 * @param pid the daemon's process
 */
public record AttachRequest(String device, String handler, long pid) {
    /** The first word of the frame. */
    public static final String WORD = "attach";

    private static final int WORDS = 4;

    /** What a service makes of a frame that begins with {@link #WORD}. */
    public static AttachRequest parse(List<String> frame) throws IOException {
        if (frame.size() != WORDS || !frame.get(0).equals(WORD)) {
            throw new IOException("not an attach request: " + frame);
        }
        return new AttachRequest(frame.get(1), frame.get(2), Long.parseLong(frame.get(3)));
    }

    /** Sends it and waits for what the service says. */
    AttachReply exchange(SocketChannel connection) throws IOException {
        Frame.write(connection, List.of(WORD, device, handler, Long.toString(pid)));
        List<String> reply = Frame.read(connection);
        if (reply == null) {
            throw new AttachException("the service ended while attaching to " + device);
        }
        return AttachReply.parse(reply);
    }
}
