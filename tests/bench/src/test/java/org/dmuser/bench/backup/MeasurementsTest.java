package org.dmuser.bench.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class MeasurementsTest {
    private final Measurements measurements = new Measurements(List.of(
            new Measurement(Quantity.FIRST, Who.RESTIC, 30, 50),
            new Measurement(Quantity.FIRST, Who.RESTIC, 20, 40),
            new Measurement(Quantity.FIRST, Who.RESTIC, 25, 45),
            new Measurement(Quantity.FIRST, Who.DMUSER, 10, 18),
            new Measurement(Quantity.SIZE, Who.RESTIC, 1e9),
            new Measurement(Quantity.SIZE, Who.DMUSER, 1.05e9)));

    @Test
    void shouldHaveMedians() {
        assertEquals(OptionalDouble.of(25), measurements.median(Quantity.FIRST, Who.RESTIC));
        assertEquals(OptionalDouble.of(45), measurements.processor(Quantity.FIRST, Who.RESTIC));
        assertEquals(0.4, measurements.spread(Quantity.FIRST, Who.RESTIC), 1e-9);
    }

    @Test
    void shouldKnowWhoWasMeasured() {
        assertEquals(List.of(Who.RESTIC, Who.DMUSER), measurements.of(Quantity.FIRST));
        assertTrue(measurements.has(Quantity.SIZE));
        assertFalse(measurements.has(Quantity.RESTORE));
        assertEquals(OptionalDouble.empty(), measurements.median(Quantity.FIRST, Who.FILE));
    }

    @Test
    void shouldHaveNoProcessorTimeWhereNobodyLooked() {
        assertEquals(OptionalDouble.empty(), measurements.processor(Quantity.SIZE, Who.RESTIC));
    }
}
