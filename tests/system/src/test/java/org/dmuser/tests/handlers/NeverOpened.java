package org.dmuser.tests.handlers;

import org.dmuser.sdk.DeviceInfo;

/** Cannot be opened. */
public final class NeverOpened extends Ram {
    @Override
    public void open(DeviceInfo device) {
        throw new IllegalArgumentException("no disk like that, please");
    }
}
