package org.dmuser.cli;

import org.dmuser.cli.base.DmuserCommand;
import picocli.CommandLine.Command;

/** {@code dmuser warm-up}. */
@Command(name = "warm-up", hidden = true, description = "Loads what commands load, for an archive of classes.")
final class WarmUpCommand extends DmuserCommand {
    @Override
    public Integer call() {
        return 0;
    }
}
