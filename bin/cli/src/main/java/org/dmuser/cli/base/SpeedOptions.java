package org.dmuser.cli.base;

import java.util.List;
import java.util.Locale;
import org.dmuser.channel.Polling;
import org.dmuser.shim.service.FuseKind;
import picocli.CommandLine.Option;

/** What the user says of the way from the kernel to a handler. */
public final class SpeedOptions {
    @Option(
            names = "--fuse",
            paramLabel = "KIND",
            defaultValue = "${env:DMUSER_FUSE:-auto}",
            description =
                    "How devices become files: native speaks the kernel's protocol itself, jnr uses libfuse 2, auto"
                            + " takes the first of these two that works. uring is native over io_uring, the fastest for"
                            + " \"dmuser run\"; it takes Linux 6.14, with"
                            + " \"echo Y | sudo tee /sys/module/fuse/parameters/enable_uring\". Unless given, what the"
                            + " environment variable DMUSER_FUSE says, or auto.")
    private FuseKind fuse;

    @Option(names = "--poll", paramLabel = "WHEN", defaultValue = "adaptive", description = PollOption.DESCRIPTION)
    private Polling polling;

    public FuseKind fuse() {
        return fuse;
    }

    public Polling polling() {
        return polling;
    }

    /** As they were given, for a command line with the same meaning. */
    public List<String> words() {
        return List.of("--fuse", word(fuse), "--poll", word(polling));
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
