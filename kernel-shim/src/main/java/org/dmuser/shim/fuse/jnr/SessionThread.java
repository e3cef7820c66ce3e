package org.dmuser.shim.fuse.jnr;

import org.agrona.ErrorHandler;
import org.dmuser.shim.file.IoContext;

/** A thread that serves one mount, with what it needs to do so. */
final class SessionThread extends Thread {
    private final SessionThreads crew;
    private final IoContext context;

    SessionThread(SessionThreads crew, String name, ErrorHandler errors) {
        super(null, null, name, 0, false);
        this.crew = crew;
        this.context = new IoContext(errors);
        setDaemon(true);
    }

    /** The one that runs this; every call of a session comes from one. */
    static SessionThread current() {
        return (SessionThread) Thread.currentThread();
    }

    SessionThreads crew() {
        return crew;
    }

    IoContext context() {
        return context;
    }

    @Override
    public void run() {
        crew.serve(this);
    }
}
