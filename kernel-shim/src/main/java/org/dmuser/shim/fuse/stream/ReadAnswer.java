package org.dmuser.shim.fuse.stream;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.agrona.BufferUtil;
import org.agrona.ErrorHandler;
import org.dmuser.channel.Errno;
import org.dmuser.channel.StreamRead;
import org.dmuser.shim.fuse.protocol.OutHeader;
import org.dmuser.shim.os.IoVector;

/**
 * A READ of the kernel's that may have to wait, and its answer, which any thread may send. Made once and used again.
 *
 * <pre>
 *    0 | header of the answer (16)
 *   16 | struct iovec for the header | struct iovec for the data
 * </pre>
 */
final class ReadAnswer implements StreamRead.Listener {
    private static final int VECTOR_OFFSET = OutHeader.LENGTH;

    private final int fd;
    private final ErrorHandler errors;
    private final Consumer<ReadAnswer> done;
    private final StreamRead read = new StreamRead(this);
    private final ByteBuffer memory = ByteBuffer.allocateDirect(VECTOR_OFFSET + 2 * IoVector.LENGTH);
    private final long address = BufferUtil.address(memory);
    private long unique;

    /**
     * Makes one.
     *
     * @param fd what it is answered on
     * @param errors told when the kernel does not take the answer
     * @param done told when it has been answered, and may be used again
     */
    ReadAnswer(int fd, ErrorHandler errors, Consumer<ReadAnswer> done) {
        this.fd = fd;
        this.errors = errors;
        this.done = done;
    }

    /** The READ of that name. */
    StreamRead begin(long name, int size, boolean goesOn) {
        unique = name;
        return read.prepare(name, size, goesOn);
    }

    @Override
    public void onData(ByteBuffer data, int index, int length) {
        ByteBuffer sent = data.isDirect() ? data : copy(data, index, length);
        OutHeader.putOk(address, unique, length);
        IoVector.put(address + VECTOR_OFFSET, 1, BufferUtil.address(sent) + (sent == data ? index : 0), length);
        send(OutHeader.LENGTH, length == 0 ? 1 : 2);
        // An address keeps nobody's memory from being freed.
        Reference.reachabilityFence(sent);
    }

    private static ByteBuffer copy(ByteBuffer data, int index, int length) {
        return ByteBuffer.allocateDirect(length).put(0, data, index, length);
    }

    @Override
    public void onError(Errno status) {
        OutHeader.putError(address, unique, status.number());
        send(OutHeader.LENGTH, 1);
    }

    private void send(int headerLength, int vectors) {
        IoVector.put(address + VECTOR_OFFSET, 0, address, headerLength);
        Exchange.send(fd, address + VECTOR_OFFSET, vectors, errors);
        done.accept(this);
    }
}
