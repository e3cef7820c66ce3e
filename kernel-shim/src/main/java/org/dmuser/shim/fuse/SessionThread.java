package org.dmuser.shim.fuse;

import java.nio.ByteBuffer;
import org.agrona.BufferUtil;
import org.agrona.ErrorHandler;
import org.dmuser.shim.file.IoContext;

/** A thread that serves one mount, with what it needs to do so. */
final class SessionThread extends Thread {
    private final SessionThreads crew;
    private final IoContext context;
    private final ByteBuffer data;
    private final long dataAddress;

    SessionThread(SessionThreads crew, String name, int dataSize, ErrorHandler errors) {
        super(null, null, name, 0, false);
        this.crew = crew;
        this.context = new IoContext(errors);
        this.data = BufferUtil.allocateDirectAligned(dataSize, IoContext.ALIGNMENT);
        this.dataAddress = BufferUtil.address(data);
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

    /** Its memory for the data of one request. */
    ByteBuffer data() {
        return data;
    }

    long dataAddress() {
        return dataAddress;
    }

    @Override
    public void run() {
        crew.serve(this);
    }
}
