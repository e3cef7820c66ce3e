package org.dmuser.bench.contender;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.dmuser.bench.report.Goal;
import org.dmuser.bench.report.Goals;
import org.junit.jupiter.api.Test;

class ContendersTest {
    private final Map<String, Contender> all = Contenders.all();

    @Test
    void shouldStandBehindThoseTheyUse() {
        List<String> before = new ArrayList<>();
        for (Contender contender : all.values()) {
            contender.over().ifPresent(over -> assertTrue(before.contains(over), contender::name));
            before.add(contender.name());
        }
    }

    @Test
    void shouldHaveTheRowsOfAllGoals() {
        for (Goal goal : Goals.ALL) {
            assertTrue(all.get(goal.contender()).rows().containsAll(goal.rows()), goal::toString);
            assertTrue(all.get(goal.against()).rows().containsAll(goal.rows()), goal::toString);
        }
    }

    @Test
    void shouldBeOursAsFarAsDmuserServesThem() {
        List<String> others = all.values().stream()
                .filter(it -> !it.isOurs())
                .map(Contender::name)
                .toList();

        assertEquals(List.of("nbdkit", "qemu", "ceiling", "stock-jnr", "loop-ceiling"), others);
    }
}
