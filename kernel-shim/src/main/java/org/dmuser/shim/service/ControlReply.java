package org.dmuser.shim.service;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A service's answer to a command.
 *
 * @param text what to print, with its line ends
 * @param problems what went wrong, a line each; none if all went well
 */
public record ControlReply(String text, List<String> problems) {
    private static final String DONE = "done";
    private static final String REFUSED = "refused";

    /** The answer of a command that printed {@code text}. */
    public static ControlReply ok(String text) {
        return new ControlReply(text, List.of());
    }

    /** The answer of a command that did nothing. */
    public static ControlReply failed(String problem) {
        return new ControlReply("", List.of(problem));
    }

    List<String> frame() {
        List<String> words = new ArrayList<>(List.of(DONE, text));
        words.addAll(problems);
        return words;
    }

    /**
     * Understands a refusal, too, which is what a daemon would get, and one who comes to a service that has no room.
     */
    static ControlReply parse(List<String> frame) throws IOException {
        if (frame.size() >= 2 && frame.get(0).equals(DONE)) {
            return new ControlReply(frame.get(1), List.copyOf(frame.subList(2, frame.size())));
        }
        if (frame.size() == 2 && frame.get(0).equals(REFUSED)) {
            return failed(frame.get(1));
        }
        throw new IOException("not an answer to a command: " + frame);
    }
}
