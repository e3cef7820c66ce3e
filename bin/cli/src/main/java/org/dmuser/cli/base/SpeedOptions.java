package org.dmuser.cli.base;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.dmuser.channel.Polling;
import org.dmuser.cli.base.Grammar.Value;
import org.dmuser.shim.service.FuseKind;

/** What the user says of the way from the kernel to a handler. */
public final class SpeedOptions {
    private final Value<FuseKind> fuse;
    private final PollOption poll;

    /** Adds them to those of a command. */
    public SpeedOptions(Grammar grammar) {
        fuse = grammar.option(
                FuseKind.class,
                "--fuse",
                "KIND",
                "How devices become files: native speaks the kernel's protocol itself, jnr uses libfuse 2, auto takes"
                        + " the first of these two that works. uring is native over io_uring, the fastest for"
                        + " \"dmuser run\"; it takes Linux 6.14, with"
                        + " \"echo Y | sudo tee /sys/module/fuse/parameters/enable_uring\". Unless given, what the"
                        + " environment variable DMUSER_FUSE says, or auto.",
                fuseUnlessGiven());
        poll = new PollOption(grammar);
    }

    /** A variable that is empty says nothing, as that of a script whose own is not set. */
    private static String fuseUnlessGiven() {
        String said = System.getenv("DMUSER_FUSE");
        return said == null || said.isBlank() ? "auto" : said;
    }

    public FuseKind fuse() {
        return fuse.get();
    }

    public Polling polling() {
        return poll.polling();
    }

    /** As they were given, for a command line with the same meaning. */
    public List<String> words() {
        List<String> words = new ArrayList<>(List.of("--fuse", fuse().name().toLowerCase(Locale.ROOT)));
        words.addAll(poll.words());
        return words;
    }
}
