package org.dmuser.cli.device;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Of which devices, and of which of their targets, lines are to be printed. */
final class LinesOptions {
    @Parameters(arity = "0..*", paramLabel = "NAME", description = "The devices; all of them if none is named.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--inactive", description = "Of the inactive tables instead of the live ones.")
    private boolean inactive;

    @Option(names = "--target", paramLabel = "TYPE", description = "Only targets of this type.")
    private String type = "";

    List<String> words() {
        List<String> words = new ArrayList<>(List.of(inactive ? "inactive" : "live", type));
        words.addAll(names);
        return words;
    }
}
