package org.dmuser.cli;

import java.util.List;
import org.dmuser.cli.base.Console;
import org.dmuser.cli.base.DmuserCommand;

/** {@code dmuser version}: as {@code --version}, because that is a command of many programs, and of dmsetup. */
final class VersionCommand extends DmuserCommand {
    VersionCommand() {
        super("Shows " + Version.SUBJECT + ".");
    }

    @Override
    public Integer call() {
        List.of(new Version().getVersion()).forEach(Console::println);
        return 0;
    }
}
