package org.dmuser.shim.fuse.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import org.agrona.BufferUtil;
import org.dmuser.channel.Errno;
import org.dmuser.shim.file.FileRequest;
import org.dmuser.shim.fuse.protocol.InHeader;
import org.dmuser.shim.fuse.protocol.Opcode;
import org.dmuser.shim.fuse.protocol.OutHeader;
import org.dmuser.shim.fuse.protocol.WriteOut;

/**
 * A request of the kernel's, from {@link #receive} to the one answer. Made once and used again.
 *
 * <p>Belongs to the reader that receives and serves it. If it has not been answered when {@link #serve} returns, it
 * belongs to whoever brings its end, who answers it and puts it back with the free ones. An end that comes before the
 * reader has returned leaves that to the reader, which may be far behind: it is nobody else's until both are done.
 */
final class FuseRequest implements FileRequest.Listener {
    /** No request has been received, and the next one may be. */
    static final int NOTHING = 0;

    /** The reader has returned from its service. */
    private static final int SERVED = 1;

    /** It has been answered. */
    private static final int ENDED = 2;

    private static final VarHandle PHASE;

    static {
        try {
            PHASE = MethodHandles.lookup().findVarHandle(FuseRequest.class, "phase", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final KernelSession session;
    private final RequestMemory memory;
    private final FileRequest io = new FileRequest(this);
    private int fd;
    private int opcode;

    private long receivedNs;

    /** The reader that serves it. */
    private Reader server;

    /** Of {@link #SERVED} and {@link #ENDED}, what is done; whoever adds the second has the request. */
    private volatile int phase;

    /** Whether somebody may be using its data although it has ended; written before {@link #SERVED}. */
    private boolean dataLost;

    FuseRequest(KernelSession session) {
        this.session = session;
        this.memory = new RequestMemory(session.connection().maxWrite(), DataPool.ofProcess(), session.errors());
    }

    RequestMemory memory() {
        return memory;
    }

    FileRequest io() {
        return io;
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

    /** Checks what was received, for {@code reader} to serve; afterwards it is known what it asks for. */
    void begin(int length, Reader reader) {
        server = reader;
        phase = 0;
        io.renew();
        long request = memory.request();
        int claimed = length < InHeader.LENGTH ? 0 : InHeader.len(request);
        if (claimed != length || length < InHeader.LENGTH + Opcode.bodyLength(InHeader.opcode(request))) {
            throw new IllegalStateException("a torn request: " + length + " bytes were read, it says " + claimed);
        }
        opcode = InHeader.opcode(request);
    }

    /** {@link Opcode}. */
    int opcode() {
        return opcode;
    }

    /** Where what follows the header is. */
    long body() {
        return memory.request() + InHeader.LENGTH;
    }

    /** Where what follows the header of the answer goes. */
    long answerBody() {
        return memory.answer() + OutHeader.LENGTH;
    }

    /**
     * Has {@code operations} do what it asks for.
     *
     * @param mayWait whether the device may take its time; if not, what it may take time for is refused
     * @return whether it has been answered, and is the caller's again
     */
    boolean serve(Operations operations, boolean mayWait) {
        if (mayWait && memory.hasData() || !Operations.mayTakeLong(opcode)) {
            operations.run(this, server);
        } else {
            end(Errno.EAGAIN);
        }
        return served();
    }

    private boolean served() {
        return ((int) PHASE.getAndBitwiseOr(this, SERVED) & ENDED) != 0;
    }

    /**
     * Makes the best of a request whose service threw: answers it if nobody else will, and leaves its data to whoever
     * may have it.
     *
     * @return whether it is the caller's again
     */
    boolean recover() {
        if ((phase & ENDED) == 0 && !io.wasStarted()) {
            end(Errno.EIO);
        }
        dataLost = true;
        boolean answered = served();
        if (answered) {
            giveUpLostData();
        }
        return answered;
    }

    private void giveUpLostData() {
        if (dataLost) {
            dataLost = false;
            memory.giveUpData();
        }
    }

    /** What the device has done. */
    @Override
    public void onEnd(Errno status, int length, ByteBuffer lent, int lentIndex) {
        if (status == Errno.ETIMEDOUT) {
            answer(status);
            memory.giveUpData();
        } else if (status != Errno.OK) {
            answer(status);
        } else if (opcode == Opcode.READ) {
            answerData(length, lent == null ? memory.dataAddress() : BufferUtil.address(lent) + lentIndex);
        } else if (opcode == Opcode.WRITE) {
            answerWritten(length);
        } else {
            answer(Errno.OK);
        }
        ended();
    }

    /** The reader stops taking answers, because it may have to wait for one that only another brings. */
    @Override
    public void beforeWait() {
        server.stopLooking();
    }

    /** Ends it with so many bytes read or written, or a negated errno. */
    void end(int result) {
        onEnd(result < 0 ? Errno.of(-result) : Errno.OK, result, null, 0);
    }

    /** Ends it without data. */
    void end(Errno status) {
        answer(status);
        ended();
    }

    /** Ends it with what has been put at {@link #answerBody}. */
    void endWithBody(int length) {
        OutHeader.putOk(memory.answer(), unique(), length);
        send(OutHeader.LENGTH + length, 0, 0);
        ended();
    }

    /** Ends it without an answer, which nobody waits for. */
    void endUnanswered() {
        ended();
    }

    private void answer(Errno status) {
        if (status == Errno.OK) {
            OutHeader.putOk(memory.answer(), unique(), 0);
        } else {
            OutHeader.putError(memory.answer(), unique(), status.number());
        }
        send(OutHeader.LENGTH, 0, 0);
    }

    private void answerData(int length, long address) {
        OutHeader.putOk(memory.answer(), unique(), length);
        send(OutHeader.LENGTH, address, length);
    }

    private void answerWritten(int length) {
        OutHeader.putOk(memory.answer(), unique(), WriteOut.LENGTH);
        WriteOut.put(answerBody(), length);
        send(OutHeader.LENGTH + WriteOut.LENGTH, 0, 0);
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

    private void ended() {
        if (((int) PHASE.getAndBitwiseOr(this, ENDED) & SERVED) != 0) {
            giveUpLostData();
            session.requests().putBack(this);
        }
        session.requestEnded();
    }

    /** Whether the device has it; any thread may ask. */
    boolean isUnderWay() {
        return io.isUnderWay();
    }

    /** What it asks for, for people; any thread may ask. */
    @Override
    public String toString() {
        return Opcode.name(opcode) + (opcode == Opcode.READ || opcode == Opcode.WRITE ? " (" + io + ")" : "");
    }
}
