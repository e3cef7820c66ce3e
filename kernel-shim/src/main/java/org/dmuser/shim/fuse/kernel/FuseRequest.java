package org.dmuser.shim.fuse.kernel;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import org.agrona.BufferUtil;
import org.dmuser.channel.Errno;
import org.dmuser.shim.fuse.protocol.InHeader;
import org.dmuser.shim.fuse.protocol.Opcode;
import org.dmuser.shim.fuse.protocol.OutHeader;

/**
 * A request that is read from {@code /dev/fuse} and answered there, from {@link #receive} to the one answer. Made once
 * and used again. Whose it is, its {@link Call} says; whoever that is left to puts it back with the free ones.
 */
final class FuseRequest implements Carrier {
    /** No request has been received, and the next one may be. */
    static final int NOTHING = 0;

    private final KernelSession session;
    private final RequestMemory memory;
    private final Call call = new Call();
    private int fd;
    private long receivedNs;

    /** The reader that serves it. */
    private Reader server;

    FuseRequest(KernelSession session) {
        this.session = session;
        this.memory = new RequestMemory(session.connection().maxWrite(), DataPool.ofProcess(), session.errors());
    }

    RequestMemory memory() {
        return memory;
    }

    /**
     * Reads a request from the kernel, if there is one or the descriptor sleeps until there is.
     *
     * @return bytes; {@link #NOTHING}; or {@link KernelSession#ENDED}
     */
    int receive(int from) {
        fd = from;
        int length = (int) FuseDevice.readv(from, memory.requestVectors(), 2);
        if (length > 0) {
            receivedNs = System.nanoTime();
            session.lookers().event(receivedNs);
            return length;
        }
        return length == -Errno.EAGAIN.number() ? NOTHING : notReceived(Errno.of(-length));
    }

    private int notReceived(Errno why) {
        return switch (why) {
            // Interrupted by a signal, or aborted before it was read.
            case EINTR, ENOENT -> NOTHING;
            default -> session.end(why);
        };
    }

    /** When it came, as of {@link System#nanoTime}. */
    long receivedNs() {
        return receivedNs;
    }

    /** Checks what was received, for {@code reader} to serve. */
    void begin(int length, Reader reader) {
        server = reader;
        call.begin(this, reader);
        long request = memory.request();
        int claimed = length < InHeader.LENGTH ? 0 : InHeader.len(request);
        if (claimed != length || length < InHeader.LENGTH + Opcode.bodyLength(InHeader.opcode(request))) {
            throw new IllegalStateException("a torn request: " + length + " bytes were read, it says " + claimed);
        }
    }

    /** As {@link Call#serve}. */
    boolean serve(Operations operations, boolean mayWait) {
        return call.serve(operations, mayWait);
    }

    /** As {@link Call#recover}. */
    boolean recover() {
        boolean answered = call.recover();
        if (answered) {
            memory.giveUpData();
        }
        return answered;
    }

    @Override
    public long header() {
        return memory.request();
    }

    @Override
    public long body() {
        return memory.request() + InHeader.LENGTH;
    }

    @Override
    public long answerBody() {
        return memory.answer() + OutHeader.LENGTH;
    }

    @Override
    public ByteBuffer data() {
        return memory.hasData() ? memory.data() : null;
    }

    @Override
    public void send(Errno status) {
        if (status == Errno.OK) {
            sendBody(0);
        } else {
            OutHeader.putError(memory.answer(), unique(), status.number());
            send(OutHeader.LENGTH, 0, 0);
        }
    }

    @Override
    public void sendBody(int length) {
        OutHeader.putOk(memory.answer(), unique(), length);
        send(OutHeader.LENGTH + length, 0, 0);
    }

    @Override
    public void sendData(ByteBuffer data, int index, int length) {
        OutHeader.putOk(memory.answer(), unique(), length);
        send(OutHeader.LENGTH, BufferUtil.address(data) + index, length);
        // An address keeps nobody's memory from being freed.
        Reference.reachabilityFence(data);
    }

    @Override
    public void sendNothing() {
        // Nobody waits.
    }

    @Override
    public void giveUpData() {
        memory.giveUpData();
    }

    @Override
    public void ended(Call ended, boolean served) {
        if (served) {
            if (ended.isDataLost()) {
                memory.giveUpData();
            }
            session.requests().putBack(this);
        }
        session.requestEnded();
    }

    private long unique() {
        return InHeader.unique(memory.request());
    }

    private void send(int headersLength, long dataAddress, int dataLength) {
        server.answers();
        long vectors = memory.answerVectors(headersLength, dataAddress, dataLength);
        int sent = (int) FuseDevice.writev(fd, vectors, dataLength == 0 ? 1 : 2);
        if (sent < 0) {
            session.onUnsent(this, -sent);
        }
    }

    /** Whether the device has it; any thread may ask. */
    boolean isUnderWay() {
        return call.isUnderWay();
    }

    /** What it asks for, for people; any thread may ask. */
    @Override
    public String toString() {
        return call.toString();
    }
}
