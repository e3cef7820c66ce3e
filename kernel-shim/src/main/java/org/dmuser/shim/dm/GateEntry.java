package org.dmuser.shim.dm;

import org.dmuser.shim.bio.Bio;
import org.dmuser.shim.bio.BlockDevice;

/** Where a bio that was deferred goes on: the path of its device, or the split whose remainder it is. */
interface GateEntry extends BlockDevice {
    /** Maps {@code bio}, for which a hold in the gate has been taken. */
    void admitted(Bio bio);
}
