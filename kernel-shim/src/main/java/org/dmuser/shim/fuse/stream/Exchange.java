package org.dmuser.shim.fuse.stream;

import java.nio.ByteBuffer;
import org.agrona.BufferUtil;
import org.agrona.ErrorHandler;
import org.dmuser.channel.Errno;
import org.dmuser.shim.fuse.kernel.FuseDevice;
import org.dmuser.shim.fuse.protocol.InHeader;
import org.dmuser.shim.fuse.protocol.Opcode;
import org.dmuser.shim.fuse.protocol.OutHeader;
import org.dmuser.shim.fuse.protocol.WriteIn;
import org.dmuser.shim.os.IoVector;

/**
 * One request after the other, as it was read from the kernel, and the memory for its answer. Belongs to the thread of
 * its session.
 *
 * <pre>
 *   request:  header (40) | body | data of a WRITE
 *   answer:   header (16) | body
 * </pre>
 */
final class Exchange {
    /** Bytes of an answer's body, at most. */
    static final int ANSWER_LENGTH_MAX = 4096;

    /** Where the data of a WRITE is in {@link #request}. */
    static final int WRITE_DATA_OFFSET = InHeader.LENGTH + WriteIn.LENGTH;

    /** Beside the data of a WRITE the kernel wants room for headers and names. */
    private static final int ROOM = 8192;

    private final int fd;
    private final ErrorHandler errors;
    private final ByteBuffer request;
    private final ByteBuffer answer = ByteBuffer.allocateDirect(OutHeader.LENGTH + ANSWER_LENGTH_MAX);
    private final ByteBuffer vector = ByteBuffer.allocateDirect(IoVector.LENGTH);
    private final long requestAddress;
    private final long answerAddress = BufferUtil.address(answer);
    private final long vectorAddress = BufferUtil.address(vector);
    private int length;
    private boolean answered;

    /**
     * Makes the memory.
     *
     * @param fd sleeps until there is a request
     * @param dataLengthMax bytes of data of a WRITE
     * @param errors told when the kernel does not take an answer
     */
    Exchange(int fd, int dataLengthMax, ErrorHandler errors) {
        this.fd = fd;
        this.errors = errors;
        request = ByteBuffer.allocateDirect(ROOM + dataLengthMax);
        requestAddress = BufferUtil.address(request);
    }

    /** Waits for a request; a negated errno if none came. */
    int receive() {
        answered = true;
        IoVector.put(vectorAddress, 0, requestAddress, request.capacity());
        length = (int) FuseDevice.readv(fd, vectorAddress, 1);
        answered = length < 0;
        return length;
    }

    /** Checks that what was received is whole. */
    void check() {
        boolean hasHeader = length >= InHeader.LENGTH && InHeader.len(requestAddress) == length;
        if (!hasHeader || length < InHeader.LENGTH + Opcode.bodyLength(opcode())) {
            throw new IllegalStateException("a torn request of " + length + " bytes");
        }
    }

    int opcode() {
        return InHeader.opcode(requestAddress);
    }

    long header() {
        return requestAddress;
    }

    long unique() {
        return InHeader.unique(requestAddress);
    }

    long body() {
        return requestAddress + InHeader.LENGTH;
    }

    /** All of the request. */
    ByteBuffer request() {
        return request;
    }

    /** How many bytes of data a WRITE has brought. */
    int writtenLength() {
        return Math.min(WriteIn.size(body()), length - WRITE_DATA_OFFSET);
    }

    /** The name behind the header of a LOOKUP, which ends with a zero. */
    byte[] name() {
        byte[] name = new byte[Math.max(0, length - InHeader.LENGTH - 1)];
        request.get(InHeader.LENGTH, name);
        return name;
    }

    long answerBody() {
        return answerAddress + OutHeader.LENGTH;
    }

    /** Nobody waits for an answer, or another has it. */
    void leaveUnanswered() {
        answered = true;
    }

    /** Whether it is still to be answered. */
    boolean isOpen() {
        return !answered;
    }

    /** Answers with what was put at {@link #answerBody}. */
    void answer(int bodyLength) {
        OutHeader.putOk(answerAddress, unique(), bodyLength);
        send(OutHeader.LENGTH + bodyLength);
    }

    void answer(Errno status) {
        if (status == Errno.OK) {
            answer(0);
        } else {
            OutHeader.putError(answerAddress, unique(), status.number());
            send(OutHeader.LENGTH);
        }
    }

    private void send(int size) {
        answered = true;
        IoVector.put(vectorAddress, 0, answerAddress, size);
        send(fd, vectorAddress, 1, errors);
    }

    /** Sends an answer. Any thread. */
    static void send(int fd, long vector, int count, ErrorHandler errors) {
        int sent = (int) FuseDevice.writev(fd, vector, count);
        Errno why = sent < 0 ? Errno.of(-sent) : Errno.OK;
        // Aborted, or unmounted: nobody waits for it any more.
        if (why != Errno.OK && why != Errno.ENOENT && why != Errno.ENODEV) {
            errors.onError(new IllegalStateException("the kernel does not take an answer: " + why.text()));
        }
    }
}
