package org.dmuser.channel;

import org.agrona.concurrent.UnsafeBuffer;

/** What a memory channel counts, each in a cache line of its file and written by one side only. */
public enum ChannelCounter {
    /** Messages the service has put into the request ring. */
    REQUESTS,

    /** Bytes of data it has put into slots. */
    BYTES_WRITTEN,

    /** Answers the service has accepted. */
    RESPONSES,

    /** Bytes of data it has taken from slots. */
    BYTES_READ,

    /** Times the service went to sleep for want of an answer. */
    SERVICE_SLEEPS,

    /** Times the daemon went to sleep for want of a message. */
    DAEMON_SLEEPS;

    private static final int LENGTH = 64;

    private int offset() {
        return ChannelFileDescriptor.COUNTERS_OFFSET + ordinal() * LENGTH;
    }

    void add(UnsafeBuffer file, long amount) {
        file.getAndAddLong(offset(), amount);
    }

    long value(UnsafeBuffer file) {
        return file.getLongVolatile(offset());
    }
}
