package org.dmuser.tests.harness;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The examples of a page of the documentation: blocks for a shell behind a line {@code <!-- example -->}. */
public final class Examples {
    private static final Pattern EXAMPLE = Pattern.compile("<!-- example -->\\n```sh\\n(.*?)```", Pattern.DOTALL);

    private static final List<String> JDK_TOOLS = List.of("javac", "jar");

    /** For all of a page: many commands, each a process. */
    private static final Duration LIMIT = Duration.ofSeconds(800);

    private Examples() {}

    /** Runs them one after another, in one shell and in the sandbox; the first thing that fails is a failure. */
    public static void run(Sandbox sandbox, String page) throws Exception {
        Path launcher = CliProcess.launcher().toAbsolutePath();
        Path commands = sandbox.emptyDirectory("commands");
        Files.createSymbolicLink(commands.resolve("dmuser"), launcher);
        Path jdk = Path.of(System.getProperty("java.home"), "bin");
        for (String tool : JDK_TOOLS) {
            Files.createSymbolicLink(commands.resolve(tool), jdk.resolve(tool));
        }
        StringBuilder script = new StringBuilder("set -euxo pipefail\nPATH=" + commands + ":$PATH\n");
        Matcher blocks = EXAMPLE.matcher(Files.readString(launcher.resolveSibling("../docs/" + page)));
        int count = 0;
        while (blocks.find()) {
            script.append(blocks.group(1));
            count++;
        }
        if (count == 0) {
            throw new AssertionError(page + " has no examples");
        }
        Path file = Files.writeString(sandbox.path("examples.sh"), script);
        sandbox.startProgram("bash", file.toString()).await(LIMIT).requireSuccess();
    }
}
