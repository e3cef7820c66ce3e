package org.dmuser.shim.fuse.uring;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.agrona.BufferUtil;
import org.dmuser.channel.Errno;
import org.dmuser.channel.Memory;
import org.dmuser.shim.fuse.kernel.Call;
import org.dmuser.shim.fuse.kernel.Carrier;
import org.dmuser.shim.fuse.protocol.InHeader;
import org.dmuser.shim.fuse.protocol.Opcode;
import org.dmuser.shim.fuse.protocol.OutHeader;
import org.dmuser.shim.fuse.protocol.ReadIn;
import org.dmuser.shim.fuse.protocol.RingEntry;
import org.dmuser.shim.fuse.protocol.WriteIn;

/**
 * A place for one request at a time. It goes round:
 *
 * <pre>
 *   kernel            has been given it, and puts a request into it
 *   driver            takes the completion that says so, has it served
 *   server, device    have the request
 *   whoever ends it   writes the answer into it
 *   Answers
 *   driver            gives it to the kernel, with the answer
 * </pre>
 */
final class Entry implements Carrier {
    private final Queue queue;

    /** Among those of its queue. */
    private final int index;

    /** Among those of its ring. */
    private final int number;

    private final long header;
    private ByteBuffer data;
    private long dataAddress;

    /** Bytes of its payload that may have pages. */
    private int touched;

    /** For whom the kernel puts the next request into it; of the driver. */
    private Thread fetcher;

    /** Behind it among the answers. */
    private Entry next;

    /** Whether it cannot be given to the kernel any more. */
    private boolean retired;

    Entry(Queue queue, int index, int number, long header) {
        this.queue = queue;
        this.index = index;
        this.number = number;
        this.header = header;
        useData(queue.memory().view(index));
    }

    private void useData(ByteBuffer payload) {
        data = payload;
        dataAddress = BufferUtil.address(payload);
        touched = 0;
    }

    Queue queue() {
        return queue;
    }

    int number() {
        return number;
    }

    /** Where the kernel has its payload. */
    long kernelPayload() {
        return queue.memory().kernelAddress(index);
    }

    Entry next() {
        return next;
    }

    void setNext(Entry entry) {
        next = entry;
    }

    Thread fetcher() {
        return fetcher;
    }

    void setFetcher(Thread thread) {
        fetcher = thread;
    }

    int touched() {
        return touched;
    }

    /** Checks what the kernel has put here. */
    void check() {
        int payload = RingEntry.payloadLength(header);
        touched = Math.max(touched, payload);
        if (opcode() == Opcode.WRITE && WriteIn.size(body()) > payload) {
            throw new IllegalStateException(
                    "a torn request: it writes " + WriteIn.size(body()) + " bytes, and brings " + payload);
        }
    }

    /** Of the request it has brought; {@link Opcode}. */
    int opcode() {
        return InHeader.opcode(header);
    }

    /** How much data the request has, or asks for. */
    int transferLength() {
        return switch (opcode()) {
            case Opcode.READ -> ReadIn.size(body());
            case Opcode.WRITE -> WriteIn.size(body());
            default -> 0;
        };
    }

    @Override
    public long header() {
        return header;
    }

    @Override
    public long body() {
        return RingEntry.body(header);
    }

    @Override
    public long answerBody() {
        return dataAddress;
    }

    @Override
    public ByteBuffer data() {
        return data;
    }

    @Override
    public void send(Errno status) {
        if (status == Errno.OK) {
            sendBody(0);
        } else {
            OutHeader.putError(header, InHeader.unique(header), status.number());
            send(0);
        }
    }

    @Override
    public void sendBody(int length) {
        OutHeader.putOk(header, InHeader.unique(header), length);
        send(length);
    }

    @Override
    public void sendData(ByteBuffer from, int fromIndex, int length) {
        if (from != data) {
            Memory.copy(from, fromIndex, data, 0, length);
        }
        sendBody(length);
    }

    /** An entry comes back with an answer or not at all; the kernel drops one that it has not asked for. */
    @Override
    public void sendNothing() {
        sendBody(0);
    }

    private void send(int payload) {
        touched = Math.max(touched, payload);
        RingEntry.putPayloadLength(header, payload);
        if (!retired) {
            queue.ring().answers().add(this);
        }
    }

    @Override
    public void giveUpData() {
        try {
            useData(queue.memory().renew(index));
        } catch (IOException e) {
            // A request that is never answered is better than one whose data somebody else writes to.
            retired = true;
            queue.ring().session().errors().onError(e);
        }
    }

    /**
     * Gives its pages back, while the kernel has it. Only by the thread for which the kernel puts requests into it:
     * that happens between two steps of that thread, so it can find out whether it has.
     *
     * @param vector room for an answer
     */
    void trim(ByteBuffer vector) throws IOException {
        ByteBuffer old = data;
        int before = queue.ring().io().completed();
        useData(queue.memory().renew(index));
        if (queue.ring().io().hasCompleted(number, before) && !queue.memory().isTouched(index, vector)) {
            // A request has come since, without data, or before the memory was new: then its data is in the old one.
            Memory.copy(old, 0, data, 0, RingEntry.payloadLength(header));
        }
        PayloadMemory.free(old);
    }

    @Override
    public void ended(Call call, boolean served) {
        if (served) {
            queue.ring().calls().putBack(call);
        }
        queue.ring().session().requestEnded();
    }
}
