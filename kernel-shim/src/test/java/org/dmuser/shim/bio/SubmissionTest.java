package org.dmuser.shim.bio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.dmuser.channel.Errno;
import org.junit.jupiter.api.Test;

class SubmissionTest {
    private final List<String> order = new ArrayList<>();

    private static Bio bio(long sector) {
        return new Bio().start(BioOp.DISCARD, 0, sector, 512, null, (bio, status) -> status);
    }

    private BlockDevice device(String name, Consumer<Bio> serve) {
        return new ScriptedDevice(1, bio -> {
            order.add(name + bio.sector());
            serve.accept(bio);
        });
    }

    @Test
    void shouldServeDepthFirst() {
        BlockDevice leaf = device("leaf", bio -> bio.end(Errno.OK));
        BlockDevice middle = device("middle", bio -> {
            Submission.submit(bio(bio.sector() * 10), leaf);
            Submission.submit(bio(bio.sector() * 10 + 1), leaf);
        });
        BlockDevice top = device("top", bio -> {
            Submission.submit(bio(1), middle);
            Submission.submit(bio(2), middle);
        });

        Submission.submit(bio(0), top);

        assertEquals(List.of("top0", "middle1", "leaf10", "leaf11", "middle2", "leaf20", "leaf21"), order);
    }

    @Test
    void shouldServeWhatIsBehindADeviceThatThrows() {
        IllegalStateException first = new IllegalStateException("first");
        IllegalStateException second = new IllegalStateException("second");
        BlockDevice faulty = device("faulty", bio -> {
            throw bio.sector() == 1 ? first : second;
        });
        BlockDevice leaf = device("leaf", bio -> bio.end(Errno.OK));
        BlockDevice top = device("top", bio -> {
            Submission.submit(bio(1), faulty);
            Submission.submit(bio(2), faulty);
            Submission.submit(bio(3), leaf);
        });

        Throwable thrown = assertThrows(IllegalStateException.class, () -> Submission.submit(bio(0), top));

        assertSame(first, thrown);
        assertSame(second, thrown.getSuppressed()[0]);
        assertEquals(List.of("top0", "faulty1", "faulty2", "leaf3"), order);
        Submission.submit(bio(4), leaf);
        assertEquals("leaf4", order.get(4));
    }

    @Test
    void shouldEndOnceWhatADeviceThrowsAt() throws Exception {
        BlockDevice faulty = device("faulty", bio -> {
            throw new IllegalStateException("faulty");
        });
        BlockDevice late = device("late", bio -> {
            bio.end(Errno.OK);
            throw new AssertionError("late");
        });
        BlockDevice listening = device("listening", bio -> {
            bio.push((same, status) -> {
                order.add("told " + status);
                return status;
            });
            throw new OutOfMemoryError("listening");
        });

        assertEquals(Errno.EIO, statusOf(faulty, IllegalStateException.class));
        assertEquals(Errno.OK, statusOf(late, AssertionError.class));
        assertEquals(Errno.EIO, statusOf(listening, OutOfMemoryError.class));
        assertEquals(List.of("faulty0", "late0", "listening0", "told EIO"), order);
    }

    @Test
    void shouldNotEndWhatHasBeenStartedAnewByTheTimeTheDeviceThrows() {
        List<Errno> ends = new ArrayList<>();
        BlockDevice late = device("late", bio -> {
            bio.end(Errno.OK);
            throw new IllegalStateException("late");
        });
        Bio again = new Bio();
        again.start(BioOp.DISCARD, 0, 0, 512, null, (bio, status) -> {
            ends.add(status);
            bio.start(BioOp.DISCARD, 0, 1, 512, null, (same, other) -> {
                ends.add(other);
                return other;
            });
            return status;
        });

        assertThrows(IllegalStateException.class, () -> Submission.submit(again, late));

        assertEquals(List.of(Errno.OK), ends);
    }

    private static Errno statusOf(BlockDevice device, Class<? extends Throwable> thrown) throws Exception {
        Completion completion = new Completion();
        completion.bio().start(BioOp.DISCARD, 0, 0, 512, null, completion);
        assertThrows(thrown, () -> Submission.submit(completion.bio(), device));
        assertTrue(completion.hasEnded());
        return completion.status();
    }

    @Test
    void shouldUseAFixedAmountOfStackForAChainOfAnyLength() {
        BlockDevice[] chain = new BlockDevice[1];
        chain[0] = device("", bio -> {
            if (bio.sector() < 100_000) {
                Submission.submit(bio(bio.sector() + 1), chain[0]);
            }
        });

        Submission.submit(bio(0), chain[0]);

        assertEquals(100_001, order.size());
    }
}
