package org.dmuser.sdk.filter;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.dmuser.sdk.BlockHandler;
import org.dmuser.sdk.FilterProvider;
import org.dmuser.sdk.Operation;
import org.dmuser.sdk.config.ConfigKey;
import org.dmuser.sdk.config.HandlerConfig;

/**
 * {@code delay}: makes every request of a kind take longer, as a slow disk would.
 *
 * <p>In front of a handler that takes one request at a time, delays add up, since the next request waits outside.
 */
public final class DelayFilter implements FilterProvider {
    private static final Map<Operation, ConfigKey<Duration>> DELAYS = delays();

    private final Pause pause;

    public DelayFilter() {
        this(Pause.REAL);
    }

    DelayFilter(Pause pause) {
        this.pause = pause;
    }

    @Override
    public String name() {
        return "delay";
    }

    @Override
    public String description() {
        return "holds requests back for a time, by operation";
    }

    @Override
    public List<ConfigKey<?>> keys() {
        return List.copyOf(DELAYS.values());
    }

    @Override
    public BlockHandler create(BlockHandler next, HandlerConfig config) {
        long[] delaysNs = new long[Operation.values().length];
        DELAYS.forEach((operation, key) ->
                delaysNs[operation.ordinal()] = config.value(key).toNanos());
        return new BeforeEach(next, (operation, offset, length) -> hold(delaysNs[operation.ordinal()]));
    }

    private void hold(long delayNs) throws IOException {
        if (delayNs > 0) {
            pause.until(pause.nowNs() + delayNs);
        }
    }

    private static Map<Operation, ConfigKey<Duration>> delays() {
        Map<Operation, ConfigKey<Duration>> keys = new EnumMap<>(Operation.class);
        for (Operation operation : Operation.values()) {
            String name = OperationKeys.name(operation);
            keys.put(
                    operation,
                    ConfigKey.duration(name, "how long requests of this operation wait")
                            .orElse("0"));
        }
        return keys;
    }
}
