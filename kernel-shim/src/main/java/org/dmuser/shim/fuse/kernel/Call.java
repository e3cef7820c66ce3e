package org.dmuser.shim.fuse.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import org.dmuser.channel.Errno;
import org.dmuser.shim.file.FileRequest;
import org.dmuser.shim.fuse.protocol.InHeader;
import org.dmuser.shim.fuse.protocol.Opcode;
import org.dmuser.shim.fuse.protocol.WriteOut;

/**
 * What the kernel asks of the device, from {@link #begin} to the one answer, whatever carries it. Made once and used
 * again.
 *
 * <p>Belongs to the thread that begins and serves it. If it has not been answered when {@link #serve} returns, it
 * belongs to whoever brings its end, who answers it and leaves it to its carrier. An end that comes before the service
 * has returned leaves that to the server, which may be far behind: it is nobody else's until both are done.
 */
public final class Call implements FileRequest.Listener {
    /** The server has returned from its service. */
    private static final int SERVED = 1;

    /** It has been answered. */
    private static final int ENDED = 2;

    private static final VarHandle PHASE;

    static {
        try {
            PHASE = MethodHandles.lookup().findVarHandle(Call.class, "phase", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final FileRequest io = new FileRequest(this);
    private Carrier carrier;
    private CallServer server;
    private int opcode;

    /** Of {@link #SERVED} and {@link #ENDED}, what is done; whoever adds the second has the call. */
    private volatile int phase;

    /** Whether the device may be using its data even when it has ended it; written before {@link #SERVED}. */
    private boolean dataLost;

    /** Takes what {@code by} has brought, for {@code server} to serve; afterwards it is known what it asks for. */
    public void begin(Carrier by, CallServer servedBy) {
        carrier = by;
        server = servedBy;
        opcode = InHeader.opcode(by.header());
        dataLost = false;
        phase = 0;
        io.renew();
    }

    /** {@link Opcode}. */
    public int opcode() {
        return opcode;
    }

    FileRequest io() {
        return io;
    }

    /** Where what follows the header is. */
    long body() {
        return carrier.body();
    }

    /** Where what follows the header of the answer goes. */
    long answerBody() {
        return carrier.answerBody();
    }

    /** Memory for its data. */
    ByteBuffer data() {
        return carrier.data();
    }

    /**
     * Has {@code operations} do what it asks for.
     *
     * @param mayWait whether the device may take its time; if not, what it may take time for is refused
     * @return whether it has been answered, and is the caller's again
     */
    public boolean serve(Operations operations, boolean mayWait) {
        if (mayWait && carrier.data() != null || !Operations.mayTakeLong(opcode)) {
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
     * Makes the best of a call whose service threw: answers it if nobody else will; otherwise its data is left to
     * whoever may have it, when it ends.
     *
     * @return whether it is the caller's again
     */
    public boolean recover() {
        if ((phase & ENDED) == 0 && !io.wasStarted()) {
            end(Errno.EIO);
        }
        dataLost = true;
        return served();
    }

    /** Whether its device has thrown; for whoever the call is left to. */
    boolean isDataLost() {
        return dataLost;
    }

    /** What the device has done. */
    @Override
    public void onEnd(Errno status, int length, ByteBuffer lent, int lentIndex) {
        ByteBuffer data = carrier.data();
        if (status == Errno.ETIMEDOUT || (phase & SERVED) != 0 && dataLost) {
            carrier.giveUpData();
        }
        if (status == Errno.OK && opcode == Opcode.READ) {
            carrier.sendData(lent == null ? data : lent, lent == null ? 0 : lentIndex, length);
        } else if (status == Errno.OK && opcode == Opcode.WRITE) {
            WriteOut.put(carrier.answerBody(), length);
            carrier.sendBody(WriteOut.LENGTH);
        } else {
            carrier.send(status);
        }
        ended();
    }

    /** The server stops taking answers, because it may have to wait for one that only another brings. */
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
        carrier.send(status);
        ended();
    }

    /** Ends it with what has been put at {@link #answerBody}. */
    void endWithBody(int length) {
        carrier.sendBody(length);
        ended();
    }

    /** Ends it without an answer, which nobody waits for. */
    void endUnanswered() {
        carrier.sendNothing();
        ended();
    }

    private void ended() {
        Carrier by = carrier;
        boolean served = ((int) PHASE.getAndBitwiseOr(this, ENDED) & SERVED) != 0;
        by.ended(this, served);
    }

    /** Whether the device has it; any thread may ask. */
    public boolean isUnderWay() {
        return io.isUnderWay();
    }

    /** What it asks for, for people; any thread may ask. */
    @Override
    public String toString() {
        return Opcode.name(opcode) + (opcode == Opcode.READ || opcode == Opcode.WRITE ? " (" + io + ")" : "");
    }
}
