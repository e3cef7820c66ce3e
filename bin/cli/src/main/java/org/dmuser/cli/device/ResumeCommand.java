package org.dmuser.cli.device;

import java.io.IOException;
import java.util.List;
import org.dmuser.shim.service.ControlCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dmuser resume}. */
@Command(
        name = "resume",
        description = "Makes the inactive table of devices live, if they have one, and lets go on what was held back.")
public final class ResumeCommand extends DeviceCommand {
    @Parameters(arity = "1..*", paramLabel = "NAME", description = "The devices.")
    private List<String> names;

    @Option(names = "--noflush", description = "Lets targets of the old table give back what they cannot end now.")
    private boolean noFlush;

    @Option(names = "--nolockfs", description = "Accepted, as by dmsetup; file systems on a device are never frozen.")
    private boolean noLockFs;

    @Override
    public Integer call() throws IOException {
        return askForEach(ControlCommand.RESUME, names, noFlush ? "noflush" : "flush");
    }
}
