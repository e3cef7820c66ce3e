package org.dmuser.cli.base;

import java.util.List;
import org.dmuser.channel.Polling;
import picocli.CommandLine.Option;

/** What the user says of a daemon's way of waiting. */
public final class PollOption {
    static final String DESCRIPTION = "adaptive: look for the next request for some microseconds before sleeping, while"
            + " they come quickly; off: always sleep, which is slower and takes less processor time. Unless given,"
            + " adaptive.";

    @Option(names = "--poll", paramLabel = "WHEN", defaultValue = "adaptive", description = DESCRIPTION)
    private Polling polling;

    public Polling polling() {
        return polling;
    }

    /** As it was given, for a command line with the same meaning. */
    public List<String> words() {
        return List.of("--poll", SpeedOptions.word(polling));
    }
}
