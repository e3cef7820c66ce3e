package org.dmuser.bench.contender;

import java.nio.file.Path;
import java.util.List;

/**
 * Programs that are not on the PATH.
 *
 * @param home the top of the source tree
 * @param ceiling the C server, compiled
 * @param java the JVM with the options all Java contenders get
 */
public record Tools(Path home, Path ceiling, List<String> java) {
    /** For whoever measures dmuser alone: without the C server and a JVM. */
    public Tools(Path home) {
        this(home, home.resolve("none"), List.of());
    }

    /** The launcher a user starts. */
    public String dmuser() {
        return home.resolve("bin/dmuser").toString();
    }
}
