package org.dmuser.examples.backup.tracking;

import java.io.IOException;

/** Somebody else has the device: it may be tried again later. */
public final class DeviceInUseException extends IOException {
    private static final long serialVersionUID = 1L;

    public DeviceInUseException(String message) {
        super(message);
    }
}
