package org.dmuser.bench.contender;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code dmuser run memory}: handler and device in one process.
 *
 * @param options more options of {@code run}
 */
record Embedded(String name, String what, List<String> options) implements Contender {
    @Override
    public boolean isOurs() {
        return true;
    }

    @Override
    public Server start(Stage stage) throws IOException, InterruptedException {
        Path file = stage.makeDirectory(name).resolve("disk");
        List<String> words = new ArrayList<>(List.of(stage.tools().dmuser(), "run", "memory"));
        words.addAll(List.of("--size", Long.toString(stage.size()), "--at", file.toString()));
        words.addAll(options);
        Child server = stage.run(words).awaitText("Ctrl-C ends it");
        return new Server(file, server);
    }
}
