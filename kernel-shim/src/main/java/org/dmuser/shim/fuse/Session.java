package org.dmuser.shim.fuse;

/** A transport's connection to the kernel, served by {@link SessionThreads}. */
interface Session {
    /** Serves requests on the calling thread until the file system is unmounted. Several threads at a time. */
    void serve();

    /** Gives up everything, unmounting what is still mounted; called once, by the last thread that served. */
    void tearDown();
}
