package org.dmuser.bench.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExtentTest {
    private static final long GIB = 1L << 30;

    private static long bytes(List<Extent> extents) {
        return extents.stream().mapToLong(Extent::length).sum();
    }

    private static void assertApartAndInside(List<Extent> extents, long size) {
        long end = 0;
        for (Extent extent : extents) {
            assertTrue(extent.offset() >= end, extent::toString);
            end = extent.offset() + extent.length();
        }
        assertTrue(end <= size);
    }

    @Test
    void shouldBeOnePercent() {
        assertEquals(GIB / 100, bytes(Extent.scattered(GIB, 7)), GIB / 1000);
        assertEquals(4 * GIB / 100, bytes(Extent.files(4 * GIB, 7)), 4 * GIB / 1000);
    }

    @Test
    void shouldNotOverlap() {
        assertApartAndInside(Extent.files(4 * GIB, 7), 4 * GIB);
        assertApartAndInside(Extent.scattered(GIB, 7), GIB);
    }

    @Test
    void shouldBeTheSameForTheSameSeed() {
        assertEquals(Extent.files(GIB, 7), Extent.files(GIB, 7));
    }
}
