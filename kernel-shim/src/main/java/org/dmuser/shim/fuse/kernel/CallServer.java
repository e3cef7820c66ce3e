package org.dmuser.shim.fuse.kernel;

import org.dmuser.shim.file.IoContext;

/** Who serves a call: a thread, as its requests see it. */
public interface CallServer {
    /** For requests that are done while the thread waits. */
    IoContext context();

    /** The thread is going to wait for something else than requests. */
    void stopLooking();
}
