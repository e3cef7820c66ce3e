package org.dmuser.shim.dm;

import java.util.concurrent.atomic.AtomicBoolean;
import org.dmuser.shim.dm.TargetContext.OpenDevice;

/** A device held open by a target, until it is closed for the first time. */
final class DeviceClaim implements AutoCloseable {
    private final OpenDevice opened;
    private final Runnable release;
    private final AtomicBoolean closed = new AtomicBoolean();

    DeviceClaim(OpenDevice opened, Runnable release) {
        this.opened = opened;
        this.release = release;
    }

    OpenDevice opened() {
        return opened;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            release.run();
        }
    }
}
