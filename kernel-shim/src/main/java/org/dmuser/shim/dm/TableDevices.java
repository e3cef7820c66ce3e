package org.dmuser.shim.dm;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;
import org.dmuser.shim.dm.TargetContext.OpenDevice;

/**
 * The devices that the targets of one table have open, each once, however many lines name it. A name is looked up once,
 * and means the same device as long as there is the table. Any thread.
 */
final class TableDevices {
    private final MappedDevice user;
    private final boolean readOnly;
    private final DeviceOpener opener;
    private final Map<String, DeviceClaim> byName = new LinkedHashMap<>();

    /** @param user the device the table is for */
    TableDevices(MappedDevice user, boolean readOnly, DeviceOpener opener) {
        this.user = user;
        this.readOnly = readOnly;
        this.opener = opener;
    }

    /** {@link TargetContext#open}. */
    synchronized OpenDevice open(String name) throws DmException {
        DeviceClaim claim = byName.get(name);
        if (claim == null) {
            claim = opener.open(user, name, readOnly);
            byName.put(name, claim);
        }
        return claim.opened();
    }

    /** Each once, whatever names it was opened by, the one that was opened last first: the kernel's order. */
    synchronized List<OpenDevice> opened() {
        Map<String, OpenDevice> devices = new LinkedHashMap<>();
        byName.values().forEach(claim -> devices.putIfAbsent(claim.opened().name(), claim.opened()));
        List<OpenDevice> opened = new ArrayList<>(devices.values());
        Collections.reverse(opened);
        return opened;
    }

    /** Closes them all: no target is left. Idempotent. */
    synchronized void close(ErrorHandler errorHandler) {
        CloseHelper.closeAll(errorHandler, byName.values());
    }
}
