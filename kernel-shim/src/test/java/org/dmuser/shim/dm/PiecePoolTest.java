package org.dmuser.shim.dm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.dmuser.channel.RequestFlags;
import org.dmuser.shim.bio.Bio;
import org.dmuser.shim.bio.BioList;
import org.dmuser.shim.bio.BioOp;
import org.junit.jupiter.api.Test;

class PiecePoolTest {
    private final PiecePool pool = new PiecePool(3);
    private final Bio one = claimant(0);
    private final Bio two = claimant(0);

    private static Bio claimant(long flags) {
        return new Bio().start(BioOp.DISCARD, flags, 0, 512, null, (bio, status) -> status);
    }

    private List<Bio> take(int count, Bio claimant) {
        List<Bio> taken = new ArrayList<>();
        for (Bio bio = pool.take(count, claimant); bio != null; bio = bio.next()) {
            taken.add(bio);
        }
        return taken;
    }

    private boolean giveBack(Bio piece) {
        piece.next(null);
        return pool.giveBack(piece);
    }

    @Test
    void shouldGiveOutWhatWasGivenBack() {
        Bio first = take(1, one).get(0);
        assertFalse(giveBack(first));

        List<Bio> all = take(3, one);

        assertEquals(3, all.size());
        assertTrue(all.contains(first));
    }

    @Test
    void shouldGiveAllOrNone() {
        List<Bio> taken = take(2, one);

        assertNull(pool.take(2, one));

        assertTrue(giveBack(taken.get(0)));
        assertTrue(pool.startDrain());
        assertSame(one, pool.next());
        assertEquals(2, take(2, one).size());
        assertNull(pool.next());
    }

    @Test
    void shouldHaveNobodyOvertakeTheLine() {
        List<Bio> taken = take(2, one);
        assertNull(pool.take(2, one));

        // One is there, but the first in line wants two.
        assertNull(pool.take(1, two));

        giveBack(taken.get(0));
        assertTrue(pool.startDrain());
        assertFalse(pool.startDrain());
        assertSame(one, pool.next());
        assertNull(pool.take(1, claimant(0)), "while the first of the line tries again");
        assertEquals(2, take(2, one).size());
        giveBack(taken.get(1));
        assertSame(two, pool.next());
        assertEquals(1, take(1, two).size());
    }

    @Test
    void shouldKeepThePlaceOfWhoeverFindsTooFewAgain() {
        List<Bio> taken = take(3, one);
        assertNull(pool.take(1, one));
        assertNull(pool.take(1, two));
        assertTrue(giveBack(taken.get(0)));
        assertTrue(pool.startDrain());
        assertSame(one, pool.next());

        // By another table it needs more.
        assertNull(pool.take(2, one));

        assertNull(pool.next());
        assertFalse(pool.startDrain());
        assertTrue(giveBack(taken.get(1)));
        assertTrue(pool.startDrain());
        assertSame(one, pool.next());
    }

    @Test
    void shouldNotKeepWhatDoesNotWait() {
        take(3, one);
        Bio impatient = claimant(RequestFlags.NOWAIT);

        assertNull(pool.take(1, impatient));

        assertTrue(pool.giveUp().isEmpty());
    }

    @Test
    void shouldGiveMoreThanThereAreWhenNobodyHasAny() {
        List<Bio> taken = take(1, one);
        assertNull(pool.take(5, one));
        assertTrue(giveBack(taken.get(0)));
        assertTrue(pool.startDrain());
        assertSame(one, pool.next());
        List<Bio> five = take(5, one);
        assertEquals(5, five.size());
        assertNull(pool.next());

        assertNull(pool.take(1, two));
        assertFalse(giveBack(five.get(0)));
        assertFalse(giveBack(five.get(1)));
        assertTrue(giveBack(five.get(2)));

        assertTrue(pool.startDrain());
        assertSame(two, pool.next());
        assertEquals(1, take(1, two).size());
        assertNull(pool.take(1, one));
    }

    @Test
    void shouldHandOverTheLineInOrderWhenNobodyCanDrain() {
        Bio taken = take(3, one).get(0);
        assertNull(pool.take(1, one));
        assertNull(pool.take(1, two));
        giveBack(taken);
        assertTrue(pool.startDrain());

        BioList given = pool.giveUp();

        assertSame(one, given.pollFirst());
        assertSame(two, given.pollFirst());
        assertTrue(given.isEmpty());
        assertNotNull(pool.take(1, one));
    }
}
