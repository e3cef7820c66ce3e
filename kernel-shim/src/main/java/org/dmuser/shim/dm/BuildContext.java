package org.dmuser.shim.dm;

import java.util.concurrent.Future;
import org.agrona.ErrorHandler;

/** The surroundings of one target: its line, its device, and the devices of its table. */
final class BuildContext implements TargetContext {
    private final MappedDevice device;
    private final TableLine line;
    private final boolean readOnly;
    private final TableDevices devices;
    private final Workers workers;
    private final ErrorHandler errorHandler;

    BuildContext(
            MappedDevice device,
            TableLine line,
            boolean readOnly,
            TableDevices devices,
            Workers workers,
            ErrorHandler errorHandler) {
        this.device = device;
        this.line = line;
        this.readOnly = readOnly;
        this.devices = devices;
        this.workers = workers;
        this.errorHandler = errorHandler;
    }

    @Override
    public String deviceName() {
        return device.name();
    }

    @Override
    public long start() {
        return line.start();
    }

    @Override
    public long length() {
        return line.length();
    }

    @Override
    public boolean readOnly() {
        return readOnly;
    }

    @Override
    public OpenDevice open(String name) throws DmException {
        return devices.open(name);
    }

    @Override
    public void raiseEvent() {
        device.raiseEvent();
    }

    @Override
    public Future<?> schedule(Runnable task, long delayNs) {
        return workers.schedule(task, delayNs);
    }

    @Override
    public void report(String problem) {
        errorHandler.onError(
                new IllegalStateException("device \"" + device.name() + "\": " + line.type() + ": " + problem));
    }
}
