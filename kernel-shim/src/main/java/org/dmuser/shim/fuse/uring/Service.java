package org.dmuser.shim.fuse.uring;

import org.dmuser.shim.fuse.kernel.Call;
import org.dmuser.shim.fuse.kernel.CallServer;
import org.dmuser.shim.fuse.kernel.KernelSession;

/** What is done with a request on whatever thread it is. */
final class Service {
    private Service() {}

    /**
     * Serves the request that {@code entry} has brought.
     *
     * @param mayWait as in {@link Call#serve}
     * @return whether it has been answered, and {@code call} is free again
     */
    static boolean perform(KernelSession session, CallServer server, Entry entry, Call call, boolean mayWait) {
        call.begin(entry, server);
        try {
            entry.check();
            return call.serve(session.operations(), mayWait);
        } catch (RuntimeException | Error e) {
            session.errors().onError(e);
            return call.recover();
        }
    }
}
