package org.dmuser.sdk.registry;

import java.io.IOException;
import java.util.List;
import org.dmuser.sdk.Handler;
import org.dmuser.sdk.HandlerProvider;
import org.dmuser.sdk.config.ConfigException;
import org.dmuser.sdk.config.ConfigKey;
import org.dmuser.sdk.config.HandlerConfig;

/** A provider that does as it is told. */
public final class TestProvider implements HandlerProvider {
    private static final ConfigKey<String> DO =
            ConfigKey.string("do", "what to do").orElse("work");

    @Override
    public String name() {
        return "testing";
    }

    @Override
    public String description() {
        return "does as it is told";
    }

    @Override
    public List<ConfigKey<?>> keys() {
        return List.of(DO);
    }

    @Override
    public Handler create(HandlerConfig config) throws IOException {
        return switch (config.value(DO)) {
            case "work" -> new HandlersTest.Plain();
            case "throw-io" -> throw new IOException("no such disk\nat all");
            case "throw-config" -> throw new ConfigException("do: not like this");
            case "throw-error" -> throw new NoClassDefFoundError("missing/Thing");
            default -> null;
        };
    }
}
