package org.dmuser.shim.target;

import org.dmuser.shim.bio.Bio;
import org.dmuser.shim.bio.BioOp;
import org.dmuser.shim.dm.MapResult;
import org.dmuser.shim.dm.Target;

/** {@code error}: everything fails with EIO, but for a flush, which has nothing to do here. */
final class ErrorTarget implements Target {
    @Override
    public MapResult map(Bio bio) {
        return MapResult.KILL;
    }

    @Override
    public boolean accepts(BioOp op) {
        return true;
    }

    @Override
    public boolean acceptsFlush() {
        return false;
    }

    @Override
    public void close() {}
}
