package org.dmuser.sdk.filter;

import java.io.IOException;
import java.util.List;
import org.dmuser.sdk.BlockHandler;
import org.dmuser.sdk.FilterProvider;
import org.dmuser.sdk.Operation;
import org.dmuser.sdk.config.ConfigException;
import org.dmuser.sdk.config.ConfigKey;
import org.dmuser.sdk.config.HandlerConfig;

/** {@code rate}: lets only so many bytes a second be read and written, all threads together. */
public final class RateFilter implements FilterProvider {
    private static final ConfigKey<Long> RATE = ConfigKey.size("rate", "bytes read and written in a second");
    private static final ConfigKey<Long> BURST = ConfigKey.size(
                    "burst", "bytes that may pass at once after a quiet time")
            .orElse("1M");

    private final Pause pause;

    public RateFilter() {
        this(Pause.REAL);
    }

    RateFilter(Pause pause) {
        this.pause = pause;
    }

    @Override
    public String name() {
        return "rate";
    }

    @Override
    public String description() {
        return "limits how many bytes a second are read and written";
    }

    @Override
    public List<ConfigKey<?>> keys() {
        return List.of(RATE, BURST);
    }

    @Override
    public BlockHandler create(BlockHandler next, HandlerConfig config) {
        long rate = config.value(RATE);
        if (rate == 0) {
            throw new ConfigException(config.owner() + ": rate: 0 lets nothing through; write 1 or more");
        }
        return new BeforeEach(next, new Limiter(new RateLimit(rate, config.value(BURST), pause)));
    }

    private record Limiter(RateLimit limit) implements BeforeEach.Action {
        @Override
        public void before(Operation operation, long offset, long length) throws IOException {
            if (operation.hasBuffer()) {
                limit.take(length);
            }
        }
    }
}
