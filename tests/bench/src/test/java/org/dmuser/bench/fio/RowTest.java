package org.dmuser.bench.fio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RowTest {
    @ParameterizedTest
    @EnumSource
    void shouldBeFoundByItsLabel(Row row) {
        assertEquals(Optional.of(row), Row.find(row.label()));
    }

    @Test
    void shouldBelongToFilesOrToLoopDevices() {
        assertEquals(Row.values().length, Row.FILE.size() + Row.LOOP.size());
        assertEquals(8, Row.FILE.size());
    }
}
