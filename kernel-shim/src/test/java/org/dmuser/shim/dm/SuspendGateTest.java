package org.dmuser.shim.dm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.dmuser.shim.bio.Bio;
import org.dmuser.shim.bio.BioOp;
import org.junit.jupiter.api.Test;

class SuspendGateTest {
    private final SuspendGate gate = new SuspendGate();

    private static Bio bio() {
        return new Bio().start(BioOp.DISCARD, 0, 0, 512, null, (bio, status) -> status);
    }

    @Test
    void shouldCountHolds() throws InterruptedException {
        assertTrue(gate.enter());
        gate.hold();
        assertEquals(2, gate.holds());

        gate.close();
        assertFalse(gate.enter());
        assertEquals(2, gate.holds());

        gate.leave();
        gate.leave();
        gate.awaitEmpty();
        gate.open();
        assertTrue(gate.enter());
    }

    @Test
    void shouldNotDeferOnceItHasBeenOpened() {
        gate.close();
        assertFalse(gate.enter());
        gate.open();

        assertFalse(gate.defer(bio()));
        assertFalse(gate.startDrain());
    }

    @Test
    void shouldAdmitInOrderWithRequeuedBiosFirst() {
        Bio first = bio();
        Bio second = bio();
        Bio requeued = bio();
        gate.enter();
        gate.close();
        assertTrue(gate.defer(first));
        assertTrue(gate.defer(second));
        gate.requeue(requeued);
        gate.leave();
        assertFalse(gate.startDrain());
        gate.open();

        assertTrue(gate.startDrain());
        assertFalse(gate.startDrain());
        assertSame(requeued, gate.next());
        assertSame(first, gate.next());
        assertSame(second, gate.next());
        assertEquals(3, gate.holds());
        assertNull(gate.next());
        assertEquals(3, gate.holds());
    }

    @Test
    void shouldStopAdmittingWhenItIsClosedAndGoOnWhenItIsOpened() {
        Bio second = bio();
        gate.close();
        gate.defer(bio());
        gate.defer(second);
        gate.open();
        gate.startDrain();
        gate.next();

        gate.close();
        assertNull(gate.next());
        gate.open();

        assertTrue(gate.startDrain());
        assertSame(second, gate.next());
    }

    @Test
    void shouldQueueThroughAnOpenGate() {
        Bio bio = bio();
        gate.queue(bio);

        assertTrue(gate.startDrain());
        assertSame(bio, gate.next());
    }
}
