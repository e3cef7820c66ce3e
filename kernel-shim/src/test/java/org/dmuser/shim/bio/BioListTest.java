package org.dmuser.shim.bio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BioListTest {
    private final BioList list = new BioList();

    private static Bio bio(long sector) {
        return new Bio().start(BioOp.DISCARD, 0, sector, 512, null, (bio, status) -> status);
    }

    private List<Long> drained() {
        List<Long> sectors = new ArrayList<>();
        for (Bio bio = list.pollFirst(); bio != null; bio = list.pollFirst()) {
            assertNull(bio.next());
            sectors.add(bio.sector());
        }
        assertTrue(list.isEmpty());
        return sectors;
    }

    @Test
    void shouldKeepTheOrder() {
        list.addLast(bio(1));
        list.addLast(bio(2));
        list.addFirst(bio(0));

        assertEquals(List.of(0L, 1L, 2L), drained());
    }

    @Test
    void shouldWorkAgainWhenEmptied() {
        list.addFirst(bio(1));
        list.addLast(bio(2));
        assertEquals(List.of(1L, 2L), drained());

        list.addLast(bio(3));
        assertEquals(List.of(3L), drained());
    }

    @Test
    void shouldPrependAnotherListAndEmptyIt() {
        BioList other = new BioList();
        list.prepend(other);
        other.addLast(bio(1));
        other.addLast(bio(2));
        list.addLast(bio(3));

        list.prepend(other);
        list.addLast(bio(4));

        assertTrue(other.isEmpty());
        assertEquals(List.of(1L, 2L, 3L, 4L), drained());
        other.addLast(bio(5));
        list.prepend(other);
        list.addLast(bio(6));
        assertEquals(List.of(5L, 6L), drained());
    }
}
