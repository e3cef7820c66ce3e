package org.dmuser.shim.bio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.dmuser.channel.Errno;
import org.dmuser.channel.RequestFlags;
import org.junit.jupiter.api.Test;

class BioTest {
    private final List<String> calls = new ArrayList<>();

    private EndListener named(String name, Errno passedOn) {
        return (bio, status) -> {
            calls.add(name + " " + status + " at " + bio.sector());
            return passedOn;
        };
    }

    private static Bio read(long sector, int sectors, EndListener listener) {
        ByteBuffer data = ByteBuffer.allocate(sectors * Bio.SECTOR_SIZE);
        return new Bio().start(BioOp.READ, 0, sector, data.capacity(), data, listener);
    }

    @Test
    void shouldCallListenersLastPushedFirstWhereTheyPushed() {
        Bio bio = read(1, 1, named("submitter", null));
        for (int i = 0; i < 10; i++) {
            bio.remap(null, 10 + i);
            bio.push(named("device " + i, Errno.of(5)));
        }
        bio.remap(null, 99);

        bio.end(Errno.OK);

        assertEquals(11, calls.size());
        assertEquals("device 9 OK at 19", calls.get(0));
        assertEquals("device 8 EIO at 18", calls.get(1));
        assertEquals("submitter EIO at 1", calls.get(10));
    }

    @Test
    void shouldStopWhereAListenerKeepsTheBio() {
        Bio bio = read(0, 1, named("submitter", null));
        bio.push(named("keeper", null));

        bio.end(Errno.OK);
        assertEquals(List.of("keeper OK at 0"), calls);

        bio.end(Errno.ENOSPC);
        assertEquals("submitter ENOSPC at 0", calls.get(1));
    }

    @Test
    void shouldRefuseASecondEnd() {
        Bio bio = read(0, 1, named("submitter", null));
        bio.end(Errno.OK);

        assertThrows(IllegalStateException.class, () -> bio.end(Errno.OK));
    }

    @Test
    void shouldBeRestartableFromItsOwnEnd() {
        Bio[] bio = new Bio[1];
        bio[0] = read(0, 1, (same, status) -> {
            same.start(BioOp.DISCARD, 0, 8, 512, null, named("second", null));
            return status;
        });

        bio[0].end(Errno.OK);
        bio[0].end(Errno.EIO);

        assertEquals(List.of("second EIO at 8"), calls);
    }

    @Test
    void shouldCallTheOthersWhenAListenerThrows() {
        Bio bio = read(0, 1, named("submitter", null));
        IllegalArgumentException fault = new IllegalArgumentException();
        bio.push((same, status) -> {
            throw fault;
        });

        assertSame(fault, assertThrows(IllegalArgumentException.class, () -> bio.end(Errno.OK)));
        assertEquals(List.of("submitter EIO at 0"), calls);
    }

    @Test
    void shouldTellWhetherAPushIsPending() {
        Bio bio = read(0, 1, named("submitter", null));
        long ticket = bio.push(named("device", Errno.OK));
        bio.push(named("lower", Errno.OK));
        assertTrue(bio.isPending(ticket));

        bio.end(Errno.OK);
        assertFalse(bio.isPending(ticket));

        bio.start(BioOp.DISCARD, 0, 8, 512, null, named("submitter", null));
        bio.push(named("device", Errno.OK));
        assertFalse(bio.isPending(ticket));
    }

    @Test
    void shouldPopWhatWasPushedLast() {
        Bio bio = read(3, 1, named("submitter", null));
        EndListener device = named("device", Errno.OK);
        bio.push(device);
        bio.remap(null, 9);

        bio.pop(device);

        assertEquals(3, bio.sector());
        assertThrows(IllegalStateException.class, () -> bio.pop(device));
    }

    /** What is lent for the rest would be taken for all of it. */
    @Test
    void shouldNotAcceptLentDataOnceItIsSplit() {
        Bio bio = read(4, 3, named("submitter", null)).acceptLent();
        assertTrue(bio.acceptsLent());
        bio.advance(512);
        assertFalse(bio.acceptsLent());
    }

    @Test
    void shouldLoseItsFirstBytesWhenAdvanced() {
        Bio bio = read(4, 3, named("submitter", null));
        bio.data().put(512, (byte) 7);

        bio.advance(512);

        assertEquals(5, bio.sector());
        assertEquals(1024, bio.length());
        assertEquals(7, bio.data().get(0));
        assertThrows(IllegalArgumentException.class, () -> bio.advance(1024));
    }

    @Test
    void shouldRefuseWhatIsNoRequest() {
        EndListener listener = named("submitter", null);
        Bio bio = new Bio();
        ByteBuffer sector = ByteBuffer.allocate(512);

        assertThrows(IllegalArgumentException.class, () -> bio.start(BioOp.READ, 0, 0, 511, sector, listener));
        assertThrows(IllegalArgumentException.class, () -> bio.start(BioOp.READ, 0, -1, 512, sector, listener));
        assertThrows(IllegalArgumentException.class, () -> bio.start(BioOp.READ, 0, 0, 1024, sector, listener));
        assertThrows(IllegalArgumentException.class, () -> bio.start(BioOp.READ, 0, 0, 0, null, listener));
        assertThrows(IllegalArgumentException.class, () -> bio.start(BioOp.WRITE, 0, 0, 0, null, listener));
        bio.start(BioOp.WRITE, RequestFlags.PREFLUSH, 0, 0, null, listener);
        assertThrows(IllegalStateException.class, () -> bio.start(BioOp.READ, 0, 0, 512, sector, listener));
    }
}
