package org.dmuser.shim.target.log;

import java.util.List;
import java.util.concurrent.Executor;
import org.dmuser.shim.dm.DeviceRange;
import org.dmuser.shim.dm.DmException;
import org.dmuser.shim.dm.Target;
import org.dmuser.shim.dm.TargetContext;
import org.dmuser.shim.dm.TargetContext.OpenDevice;
import org.dmuser.shim.dm.TargetType;
import org.dmuser.shim.target.Arguments;

/** Makes {@link LogWritesTarget}s, which share a bound on memory. */
public final class LogWritesTargetType implements TargetType {
    private static final String COUNT = "Invalid argument count";

    private final LogMemory memory = new LogMemory(Runtime.getRuntime().maxMemory() / 2);

    @Override
    public String name() {
        return "log-writes";
    }

    @Override
    public String version() {
        return "1.1.0";
    }

    /** Words behind the two mean nothing, as in the kernel. */
    @Override
    public Target create(TargetContext context, List<String> words) throws DmException {
        Arguments arguments = new Arguments(context, words);
        String device = arguments.word(COUNT);
        String logDevice = arguments.word(COUNT);
        DeviceRange range = new DeviceRange(arguments.open(device), 0, context.length());
        OpenDevice log = openLog(context, logDevice);
        Executor writer = task -> context.schedule(task, 0);
        return new LogWritesTarget(
                range, log, new WriteLog(new LogDevice(log.device()), memory, writer, context::report));
    }

    private static OpenDevice openLog(TargetContext context, String name) throws DmException {
        try {
            return context.open(name);
        } catch (DmException e) {
            throw new DmException(e.errno(), "Log device lookup failed: " + e.getMessage(), e);
        }
    }
}
