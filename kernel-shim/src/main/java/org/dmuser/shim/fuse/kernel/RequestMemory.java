package org.dmuser.shim.fuse.kernel;

import java.nio.ByteBuffer;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.ErrorHandler;
import org.dmuser.channel.Loan;
import org.dmuser.channel.MessageQueue;
import org.dmuser.shim.file.IoContext;
import org.dmuser.shim.fuse.protocol.InHeader;
import org.dmuser.shim.fuse.protocol.Negotiation;
import org.dmuser.shim.fuse.protocol.WriteIn;
import org.dmuser.shim.os.IoVector;

/**
 * The memory of one request: its headers, its data, and the vectors that tell the kernel where they are.
 *
 * <pre>
 *     0 | request: header and body, 80 bytes | the data of a WRITE follows elsewhere, page-aligned
 *   128 | answer: header and body, 128 bytes | the data of a READ follows elsewhere
 *   256 | struct iovec for the request, 2    |
 *   288 | struct iovec for the answer, 2     |
 * </pre>
 *
 * <p>The 80 bytes are the longest there are in front of data, and those of every request that has data: so data lands
 * where it belongs, and of other requests only what is longer than that lies there.
 *
 * <p>The data is in a {@linkplain DataPool piece} of the pool's or, as long as there is one, in a slot of the daemon
 * that is going to have it: from {@link #place} to {@link #release}. If there is no memory, it goes where that of
 * others without memory goes, and is lost.
 */
final class RequestMemory {
    /** Bytes of the headers in front of data. */
    static final int HEADERS_LENGTH = InHeader.LENGTH + WriteIn.LENGTH;

    private static final int ANSWER_OFFSET = 128;
    private static final int REQUEST_VECTOR_OFFSET = 256;
    private static final int ANSWER_VECTOR_OFFSET = 288;
    private static final int LENGTH = 320;

    private static final ByteBuffer NOWHERE =
            BufferUtil.allocateDirectAligned(Negotiation.TRANSFER_SIZE_MAX, IoContext.ALIGNMENT);

    private final int dataLength;
    private final DataPool pool;
    private final ErrorHandler errors;

    /** Read and written by address only; kept so that it is not freed. */
    private final ByteBuffer block = BufferUtil.allocateDirectAligned(LENGTH, BitUtil.CACHE_LINE_LENGTH);

    private final long address = BufferUtil.address(block);
    private DataPool.Piece own;
    private Loan loan;
    private ByteBuffer data;
    private long dataAddress;

    /**
     * Makes the memory, but for that of the data.
     *
     * @param dataLength as much data as a request may have, in bytes
     * @param errors told when there is no memory
     */
    RequestMemory(int dataLength, DataPool pool, ErrorHandler errors) {
        this.dataLength = dataLength;
        this.pool = pool;
        this.errors = errors;
        IoVector.put(requestVectors(), 0, address, HEADERS_LENGTH);
    }

    /**
     * Has the data in a slot of {@code queue}'s, if it lends one, otherwise in memory of the pool's.
     *
     * @param queue null if no slot is wanted
     */
    void place(MessageQueue queue) {
        if (loan != null && (queue == null || !loan.isCurrent())) {
            endLoan();
        }
        if (loan == null && queue != null && queue.lends()) {
            loan = queue.lend();
        }
        if (loan != null) {
            putBackOwn();
            useData(loan.data());
        } else {
            useOwn();
        }
    }

    private void useOwn() {
        if (own == null) {
            own = pool.take(errors);
        }
        useData(own == null ? NOWHERE : own.data());
    }

    /** Whether there is memory for the data of a request. */
    boolean hasData() {
        return data != NOWHERE;
    }

    private void useData(ByteBuffer used) {
        if (data != used) {
            data = used;
            dataAddress = BufferUtil.address(used);
            IoVector.put(requestVectors(), 1, dataAddress, dataLength);
        }
    }

    /** Leaves the memory of the data to others; there is no data then. */
    void release() {
        endLoan();
        putBackOwn();
        data = null;
    }

    private void endLoan() {
        if (loan != null) {
            Loan ended = loan;
            loan = null;
            data = null;
            ended.giveBack();
        }
    }

    private void putBackOwn() {
        if (own != null) {
            DataPool.Piece unused = own;
            own = null;
            data = null;
            pool.putBack(unused);
        }
    }

    /** Leaves the data to somebody who may still be using it, and never looks at it again. */
    void giveUpData() {
        endLoan();
        own = null;
        data = null;
    }

    /** From index 0, whatever its position and limit. */
    ByteBuffer data() {
        return data;
    }

    /** Where {@link #data} is. */
    long dataAddress() {
        return dataAddress;
    }

    /** Where the request is. */
    long request() {
        return address;
    }

    /** Where the answer is. */
    long answer() {
        return address + ANSWER_OFFSET;
    }

    /** For {@code readv}: two vectors. */
    long requestVectors() {
        return address + REQUEST_VECTOR_OFFSET;
    }

    /** For {@code writev}: two vectors, or one where there is no data. */
    long answerVectors(int headersLength, long dataAt, int dataLength) {
        long vectors = address + ANSWER_VECTOR_OFFSET;
        IoVector.put(vectors, 0, answer(), headersLength);
        IoVector.put(vectors, 1, dataAt, dataLength);
        return vectors;
    }
}
