package org.dmuser.shim.service;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.dmuser.channel.Errno;

/**
 * A service's answer to a command.
 *
 * @param errno OK, or what the kernel would have answered
 * @param words what was asked for; which they are depends on the command
 * @param problems what went wrong, a line each; none if all went well
 */
public record ControlReply(Errno errno, List<String> words, List<String> problems) {
    private static final String DONE = "done";
    private static final String REFUSED = "refused";

    /** Words in front of the problems: that it is one, the error number, and how many problems there are. */
    private static final int FIXED = 3;

    /** The answer of a command that succeeded. */
    public static ControlReply ok(List<String> words) {
        return new ControlReply(Errno.OK, words, List.of());
    }

    /** The answer of a command that did nothing. */
    public static ControlReply failed(Errno errno, String problem) {
        return new ControlReply(errno, List.of(), List.of(problem));
    }

    List<String> frame() {
        List<String> frame =
                new ArrayList<>(List.of(DONE, String.valueOf(errno.number()), String.valueOf(problems.size())));
        frame.addAll(problems);
        frame.addAll(words);
        return frame;
    }

    /**
     * Understands a refusal, too, which is what a daemon would get, and one who comes to a service that has no room.
     */
    static ControlReply parse(List<String> frame) throws IOException {
        try {
            if (frame.size() >= FIXED && frame.get(0).equals(DONE)) {
                int end = FIXED + Integer.parseInt(frame.get(2));
                return new ControlReply(
                        Errno.of(Integer.parseInt(frame.get(1))),
                        List.copyOf(frame.subList(end, frame.size())),
                        List.copyOf(frame.subList(FIXED, end)));
            }
            if (frame.size() == 2 && frame.get(0).equals(REFUSED)) {
                return failed(Errno.EIO, frame.get(1));
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IOException("not an answer to a command: " + frame, e);
        }
        throw new IOException("not an answer to a command: " + frame);
    }
}
