package org.dmuser.shim.fuse.kernel;

import java.nio.ByteBuffer;
import org.dmuser.channel.Errno;

/**
 * What has brought a request from the kernel and takes its answer back: the memory of both, and the way. It carries one
 * {@link Call} at a time, and may carry the next one as soon as it has been given the answer.
 */
public interface Carrier {
    /** Where the header of the request is. */
    long header();

    /** Where what follows the header is, but for data. */
    long body();

    /** Where what follows the header of the answer goes, but for data. */
    long answerBody();

    /** Memory for the data of a request, from index 0; what a WRITE has brought is there. Null if there is none. */
    ByteBuffer data();

    /** Answers without data. */
    void send(Errno status);

    /** Answers with the {@code length} bytes that have been put at {@link #answerBody}. */
    void sendBody(int length);

    /** Answers with data from an index on, which is free when this returns. */
    void sendData(ByteBuffer data, int index, int length);

    /** Takes note that a request has ended to which there is no answer. */
    void sendNothing();

    /**
     * Leaves the data to somebody who may still be using it, and never looks at it again. Called before the answer is
     * sent.
     */
    void giveUpData();

    /**
     * The request has been answered.
     *
     * @param served whether its service has returned as well, which leaves {@code call} to the carrier
     */
    void ended(Call call, boolean served);
}
