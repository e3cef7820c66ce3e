package org.dmuser.cli.base;

import java.util.List;
import java.util.Locale;
import org.dmuser.channel.Polling;
import org.dmuser.cli.base.Grammar.Value;

/** What the user says of a daemon's way of waiting. */
public final class PollOption {
    private final Value<Polling> polling;

    /** Adds it to those of a command. */
    public PollOption(Grammar grammar) {
        polling = grammar.option(
                Polling.class,
                "--poll",
                "WHEN",
                "adaptive: look for the next request for some microseconds before sleeping, while they come quickly;"
                        + " off: always sleep, which is slower and takes less processor time. Unless given, adaptive.",
                "adaptive");
    }

    public Polling polling() {
        return polling.get();
    }

    /** As it was given, for a command line with the same meaning. */
    public List<String> words() {
        return List.of("--poll", polling().name().toLowerCase(Locale.ROOT));
    }
}
