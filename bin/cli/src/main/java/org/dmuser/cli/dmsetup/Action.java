package org.dmuser.cli.dmsetup;

import java.io.IOException;
import java.util.List;

/**
 * A command of dmsetup.
 *
 * @param names what it is called, the usual name first
 * @param wordsMin how many words it needs
 * @param wordsMax how many it takes at most; negative for any number
 * @param repeated whether it is done for each word as if that were the only one, until one fails
 * @param grammar what stands behind it, for usage texts
 * @param description one line
 * @param switches the options that mean something to it
 */
public record Action(
        List<String> names,
        int wordsMin,
        int wordsMax,
        boolean repeated,
        String grammar,
        String description,
        List<Switch> switches,
        Body body) {

    /** What it does. */
    @FunctionalInterface
    interface Body {
        /** @throws CommandFailed if it did not succeed */
        void run(Session session) throws IOException;
    }

    public String name() {
        return names.get(0);
    }

    boolean takes(int words) {
        return words >= wordsMin && (wordsMax < 0 || words <= wordsMax);
    }

    void run(Session session) throws IOException {
        List<String> words = session.words();
        if (repeated && session.has(Switch.SELECT)) {
            words = SelectedDevices.of(session).stream().map(session::plainName).toList();
        } else if (!repeated || words.size() < 2) {
            body.run(session);
            return;
        }
        for (String word : words) {
            body.run(session.with(List.of(word)));
        }
    }
}
