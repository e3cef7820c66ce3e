package org.dmuser.cli.device;

import java.io.IOException;
import java.util.List;
import org.dmuser.shim.service.ControlCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dmuser suspend}. */
@Command(
        name = "suspend",
        description = "Holds back what is asked of devices from now on, and waits until what is under way has ended.",
        footer = {"", "Ctrl-C gives up waiting, and leaves the device as it was."})
public final class SuspendCommand extends DeviceCommand {
    @Parameters(arity = "1..*", paramLabel = "NAME", description = "The devices.")
    private List<String> names;

    @Option(names = "--noflush", description = "Lets targets give back what they cannot end now.")
    private boolean noFlush;

    @Option(names = "--nolockfs", description = "Accepted, as by dmsetup; file systems on a device are never frozen.")
    private boolean noLockFs;

    @Override
    public Integer call() throws IOException {
        return askForEach(ControlCommand.SUSPEND, names, noFlush ? "noflush" : "flush");
    }
}
