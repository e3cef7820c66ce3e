package org.dmuser.shim.dm;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;

/** The surroundings of one target: its line, its device, and the devices it has opened. */
final class BuildContext implements TargetContext {
    private final MappedDevice device;
    private final TableLine line;
    private final boolean readOnly;
    private final DeviceOpener opener;
    private final Workers workers;
    private final ErrorHandler errorHandler;
    private final List<DeviceClaim> claims = new CopyOnWriteArrayList<>();

    BuildContext(
            MappedDevice device,
            TableLine line,
            boolean readOnly,
            DeviceOpener opener,
            Workers workers,
            ErrorHandler errorHandler) {
        this.device = device;
        this.line = line;
        this.readOnly = readOnly;
        this.opener = opener;
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
        DeviceClaim claim = opener.open(device, name, readOnly);
        claims.add(claim);
        return claim.opened();
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

    /** What the target has open, now and later. */
    List<DeviceClaim> claims() {
        return claims;
    }

    void closeClaims() {
        CloseHelper.closeAll(errorHandler, claims);
    }
}
