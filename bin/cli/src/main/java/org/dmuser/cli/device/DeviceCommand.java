package org.dmuser.cli.device;

import java.io.IOException;
import java.util.List;
import org.dmuser.cli.base.CliException;
import org.dmuser.cli.base.Console;
import org.dmuser.cli.base.DmuserCommand;
import org.dmuser.shim.service.ControlCommand;
import org.dmuser.shim.service.ControlReply;

/** A command that the service carries out. */
abstract class DeviceCommand extends DmuserCommand {
    /** Has the service do it, and prints what it says; answers the exit status. */
    int ask(ControlCommand command, List<String> arguments) throws IOException {
        ControlReply reply = client().ask(command, arguments);
        Console.print(reply.text());
        reply.problems().forEach(Console::error);
        return reply.problems().isEmpty() ? 0 : CliException.FAILED;
    }

    /** Has the service do it to each of several devices, whether or not it can be done to those before. */
    int askForEach(ControlCommand command, List<String> names, String how) throws IOException {
        int status = 0;
        for (String name : names) {
            status = Math.max(status, ask(command, List.of(name, how)));
        }
        return status;
    }
}
