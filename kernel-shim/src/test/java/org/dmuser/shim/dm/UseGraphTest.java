package org.dmuser.shim.dm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.IntStream;
import org.dmuser.channel.Errno;
import org.junit.jupiter.api.Test;

class UseGraphTest {
    private final UseGraph graph = new UseGraph();

    private static MappedDevice[] devices(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new MappedDevice("d" + i, "", i, new PiecePool(1), Runnable::run, fault -> {}))
                .toArray(MappedDevice[]::new);
    }

    private void assertLoop(MappedDevice user, MappedDevice used) {
        assertEquals(
                Errno.EINVAL,
                assertThrows(DmException.class, () -> graph.add(user, used)).errno());
        assertEquals(0, used.info().openCount());
    }

    @Test
    void shouldFindALoopThroughAChainOfAnyLength() throws DmException {
        MappedDevice[] chain = devices(50_000);
        for (int i = 1; i < chain.length; i++) {
            graph.add(chain[i - 1], chain[i]);
        }

        assertLoop(chain[chain.length - 1], chain[0]);
    }

    @Test
    void shouldFindALoopThroughAnyNumberOfWays() throws DmException {
        MappedDevice[] rungs = devices(100);
        for (int i = 2; i < rungs.length; i++) {
            int next = i / 2 * 2 - 2;
            graph.add(rungs[i], rungs[next]);
            graph.add(rungs[i], rungs[next + 1]);
        }
        assertEquals(2, rungs[0].info().openCount());

        MappedDevice[] others = devices(1);
        graph.add(others[0], rungs[98]);
        assertLoop(rungs[0], others[0]);
    }
}
