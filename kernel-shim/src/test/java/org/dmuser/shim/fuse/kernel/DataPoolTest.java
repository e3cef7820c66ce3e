package org.dmuser.shim.fuse.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import org.agrona.BufferUtil;
import org.dmuser.shim.file.IoContext;
import org.dmuser.shim.fuse.protocol.Negotiation;
import org.junit.jupiter.api.Test;

/** Memory that requests take and put back. */
final class DataPoolTest {
    private final List<Throwable> errors = new ArrayList<>();
    private final DataPool pool = new DataPool();

    @Test
    void shouldGiveAsMuchAsARequestMayHave() {
        DataPool.Piece piece = take();
        assertEquals(Negotiation.TRANSFER_SIZE_MAX, piece.data().capacity());
        assertEquals(0, BufferUtil.address(piece.data()) % IoContext.ALIGNMENT);
        assertEquals(List.of(), errors);
    }

    @Test
    void shouldGiveFirstWhatWasPutBackLast() {
        DataPool.Piece first = take();
        DataPool.Piece second = take();
        assertNotSame(first, second);
        pool.putBack(first);
        pool.putBack(second);
        assertSame(second, take());
        assertSame(first, take());
    }

    @Test
    void shouldFreeOnlyWhatWasNotNeededSinceTheLastTrim() {
        List<DataPool.Piece> burst = List.of(take(), take(), take(), take());
        pool.trim();
        burst.forEach(pool::putBack);
        pool.trim();
        assertEquals(4, pool.free());
        // At most two at a time from now on.
        for (int i = 0; i < 10; i++) {
            DataPool.Piece first = take();
            DataPool.Piece second = take();
            pool.putBack(first);
            pool.putBack(second);
        }
        pool.trim();
        assertEquals(2, pool.free());
        pool.trim();
        assertEquals(0, pool.free());
    }

    @Test
    void shouldNeverGiveAgainWhatIsNotPutBack() {
        DataPool.Piece lost = take();
        pool.trim();
        for (int i = 0; i < 3; i++) {
            assertNotEquals(BufferUtil.address(lost.data()), BufferUtil.address(take().data()));
        }
        lost.data().putLong(0, 1);
    }

    private DataPool.Piece take() {
        return pool.take(errors::add);
    }
}
