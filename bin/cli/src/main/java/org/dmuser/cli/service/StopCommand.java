package org.dmuser.cli.service;

import java.io.IOException;
import org.dmuser.cli.base.CliException;
import org.dmuser.cli.base.Console;
import org.dmuser.cli.base.DmuserCommand;
import org.dmuser.shim.service.ControlReply;

/** {@code dmuser stop}. */
public final class StopCommand extends DmuserCommand {
    public StopCommand() {
        super(
                "Ends the service and waits until it is gone: daemons are told, devices are unmounted and removed.",
                "",
                "Devices that are in use are removed as well; whoever has them open gets errors. To be safe, unmount"
                        + " what is on them first, and detach their loop devices.");
    }

    @Override
    public Integer call() throws IOException {
        ControlReply reply = client().stop();
        reply.problems().forEach(Console::error);
        return reply.problems().isEmpty() ? 0 : CliException.FAILED;
    }
}
