package org.dmuser.shim.fuse.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.dmuser.channel.Errno;
import org.dmuser.shim.fuse.MountException;
import org.junit.jupiter.api.Test;

final class NegotiationTest {
    private static final int PAGE = 4096;

    /** As if the kernel had every flag there is. */
    private static final InitOffer EVERYTHING = new InitOffer(7, 45, 131072, -1L);

    @Test
    void shouldTakeWhatItWantsOfEverything() throws Exception {
        Agreement agreement = Negotiation.agree(EVERYTHING, PAGE, 0);
        long wanted = 1L | 1L << 5 | 1L << 15 | 1L << 18 | 1L << 22 | 1L << 30 | 1L << 36 | 1L << 41;
        assertEquals(new Agreement(45, 131072, wanted, 1 << 20, 256, 0), agreement);
        assertTrue(agreement.has(InitFlags.ASYNC_DIO | InitFlags.MAX_PAGES));
        assertFalse(agreement.has(InitFlags.ASYNC_DIO | InitFlags.REQUEST_TIMEOUT));
    }

    @Test
    void shouldTakeNothingThatIsNotOffered() throws Exception {
        Agreement agreement = Negotiation.agree(new InitOffer(7, 23, 0, 0), PAGE, 60);
        assertEquals(new Agreement(23, 0, 0, 128 * 1024, 0, 0), agreement);
    }

    @Test
    void shouldWriteLessWithoutMaxPages() throws Exception {
        Agreement agreement = Negotiation.agree(EVERYTHING.without(InitFlags.MAX_PAGES), PAGE, 0);
        assertFalse(agreement.has(InitFlags.MAX_PAGES));
        assertEquals(128 * 1024, agreement.maxWrite());
        assertEquals(0, agreement.maxPages());
    }

    @Test
    void shouldCountPagesOfTheKernelsSize() throws Exception {
        Agreement agreement = Negotiation.agree(EVERYTHING, 65536, 0);
        assertEquals(16, agreement.maxPages());
        assertEquals(1 << 20, agreement.maxWrite());
        // 32 of them would be two MiB.
        assertEquals(
                1 << 20,
                Negotiation.agree(EVERYTHING.without(InitFlags.MAX_PAGES), 65536, 0)
                        .maxWrite());
    }

    @Test
    void shouldHaveNoUpperHalfWithoutInitExt() throws Exception {
        InitOffer offer = EVERYTHING.without(InitFlags.INIT_EXT);
        assertEquals(0, offer.flags() >>> 32);
        Agreement agreement = Negotiation.agree(offer, PAGE, 60);
        assertFalse(agreement.has(InitFlags.DIRECT_IO_ALLOW_MMAP));
        assertEquals(0, agreement.requestTimeoutS());
    }

    @Test
    void shouldAskForATimeout() throws Exception {
        Agreement agreement = Negotiation.agree(EVERYTHING, PAGE, 60);
        assertTrue(agreement.has(InitFlags.REQUEST_TIMEOUT));
        assertEquals(60, agreement.requestTimeoutS());
        assertThrows(IllegalArgumentException.class, () -> Negotiation.agree(EVERYTHING, PAGE, -1));
        assertThrows(IllegalArgumentException.class, () -> Negotiation.agree(EVERYTHING, PAGE, 65536));
    }

    @Test
    void shouldSpeakNoNewerMinorThanItKnows() throws Exception {
        assertEquals(
                45, Negotiation.agree(new InitOffer(7, 99, 0, -1L), PAGE, 0).minor());
        assertEquals(
                31, Negotiation.agree(new InitOffer(7, 31, 0, -1L), PAGE, 0).minor());
    }

    @Test
    void shouldKnowANewerKernel() {
        assertTrue(Negotiation.isNewer(new InitOffer(8, 0, 0, 0)));
        assertFalse(Negotiation.isNewer(EVERYTHING));
    }

    @Test
    void shouldRefuseAnOlderKernel() {
        assertRefused(new InitOffer(7, 22, 0, -1L), "the kernel speaks FUSE 7.22");
        assertRefused(new InitOffer(6, 45, 0, -1L), "the kernel speaks FUSE 6.45");
    }

    private static void assertRefused(InitOffer offer, String text) {
        MountException e = assertThrows(MountException.class, () -> Negotiation.agree(offer, PAGE, 0));
        assertTrue(e.getMessage().contains(text), e::getMessage);
        assertEquals(Errno.EOPNOTSUPP, e.errno());
    }
}
