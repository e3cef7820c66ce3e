package org.dmuser.cli.manual;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Supplier;
import org.dmuser.cli.base.Console;
import org.dmuser.cli.base.DmuserCommand;
import org.dmuser.sdk.registry.Handlers;
import picocli.CommandLine;

/** {@code dmuser man}. */
public final class ManCommand extends DmuserCommand {
    private final Supplier<CommandLine> main;

    /** @param main makes the main command with all commands there are */
    public ManCommand(Supplier<CommandLine> main) {
        super(
                "Shows the manual page: every command, option and handler. Where standard output is no terminal,"
                        + " writes its source, for man.",
                "",
                "So that 'man dmuser' finds it:",
                "  mkdir -p /usr/local/share/man/man8",
                "  dmuser man >/usr/local/share/man/man8/dmuser.8");
        this.main = main;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        String page = page(main.get());
        if (!Console.isTerminal(Console.OUT) || !hasShown(page)) {
            Console.print(page);
        }
        return 0;
    }

    static String page(CommandLine main) {
        String version =
                Objects.requireNonNullElse(ManCommand.class.getPackage().getImplementationVersion(), "");
        try (Handlers handlers = Handlers.load("")) {
            return new ManualPage(main).text(version, handlers);
        }
    }

    /** False where there is no man(1). */
    private static boolean hasShown(String page) throws IOException, InterruptedException {
        Process man;
        try {
            man = new ProcessBuilder("man", "-l", "-")
                    .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            return false;
        }
        try (OutputStream input = man.getOutputStream()) {
            input.write(page.getBytes(StandardCharsets.UTF_8));
        }
        man.waitFor();
        return true;
    }
}
