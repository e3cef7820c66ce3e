package org.dmuser.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.Collectors;
import org.dmuser.sdk.HandlerProvider;
import org.dmuser.sdk.config.ConfigException;
import org.dmuser.sdk.registry.Handlers;
import org.junit.jupiter.api.Test;

class ProvidersTest {
    @Test
    void shouldBeFoundByName() throws Exception {
        try (Handlers handlers = Handlers.load("")) {
            assertEquals(
                    List.of("backup", "file", "memory", "pattern", "snapshot"),
                    handlers.handlers().stream().map(HandlerProvider::name).collect(Collectors.toList()));
            assertEquals(List.of(), handlers.problems());
            handlers.create("memory", List.of(), List.of("delay:read=1ms")).close();
            handlers.create("pattern", List.of(), List.of()).close();
            ConfigException e =
                    assertThrows(ConfigException.class, () -> handlers.create("memory", List.of("size=1G"), List.of()));
            assertEquals(
                    "handler memory: unknown key 'size'; it knows dir=PATH (where the memory comes from: a tmpfs, "
                            + "or any directory to use its disk; default /dev/shm)",
                    e.getMessage());
        }
    }
}
