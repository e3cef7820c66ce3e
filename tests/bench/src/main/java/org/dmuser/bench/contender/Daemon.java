package org.dmuser.bench.contender;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.dmuser.cli.system.ExternalCommand;
import org.dmuser.sdk.config.ByteSize;

/**
 * {@code dmuser serve} and {@code dmuser attach}: device and handler in two processes. Each has a service of its own,
 * so that nobody else's work is counted.
 *
 * @param channels how many the daemon attaches
 * @param options more options of {@code serve}
 */
record Daemon(String name, String what, int channels, List<String> options) implements Contender {
    private static final String DEVICE = "disk";

    @Override
    public boolean isOurs() {
        return true;
    }

    @Override
    public Server start(Stage stage) throws IOException, InterruptedException {
        Path runDirectory = stage.makeDirectory(name);
        Child service = stage.run(words(stage, runDirectory, "serve", options)).awaitText("serving");
        long sectors = stage.size() / ByteSize.SECTOR;
        String table = "0 " + sectors + " user 0 " + sectors + " " + DEVICE;
        ExternalCommand.of(words(stage, runDirectory, "create", List.of(DEVICE, "--table", table)))
                .run(stage.stop());
        List<String> attach = List.of(DEVICE, "memory", "--channels", Integer.toString(channels));
        Child daemon = stage.run(words(stage, runDirectory, "attach", attach)).awaitText("serving");
        return new Server(runDirectory.resolve("mapper").resolve(DEVICE), service, daemon);
    }

    private static List<String> words(Stage stage, Path runDirectory, String command, List<String> more) {
        List<String> first = List.of(stage.tools().dmuser(), command, "--run-dir", runDirectory.toString());
        return Stream.concat(first.stream(), more.stream()).toList();
    }
}
