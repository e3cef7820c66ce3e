package org.dmuser.sdk.filter;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.dmuser.sdk.BlockHandler;
import org.dmuser.sdk.FilterProvider;
import org.dmuser.sdk.Operation;
import org.dmuser.sdk.config.ConfigException;
import org.dmuser.sdk.config.ConfigKey;
import org.dmuser.sdk.config.HandlerConfig;

/** {@code rate}: lets only so many bytes a second be read and written, all threads together. */
public final class RateFilter implements FilterProvider {
    private static final long SECOND_NS = 1_000_000_000L;

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
        return new BeforeEach(next, new Limiter(pause, rate, config.value(BURST)));
    }

    /**
     * Each request takes the next stretch of time, as long as its bytes need at the rate, and starts when that
     * begins; the stretches may begin in the past by as much as the burst needs.
     */
    private static final class Limiter implements BeforeEach.Action {
        private final Pause pause;
        private final double nsPerByte;
        private final long burstNs;
        private final AtomicLong nextStartNs;

        Limiter(Pause pause, long bytesPerSecond, long burst) {
            this.pause = pause;
            nsPerByte = (double) SECOND_NS / bytesPerSecond;
            // Half of what nanoTime can tell apart is plenty, and leaves no way to overflow.
            burstNs = (long) Math.min(burst * nsPerByte, Long.MAX_VALUE / 4);
            nextStartNs = new AtomicLong(pause.nowNs() - burstNs);
        }

        @Override
        public void before(Operation operation, long offset, long length) throws IOException {
            if (operation.hasBuffer()) {
                pause.until(takeStretch((long) (length * nsPerByte)));
            }
        }

        /** When the stretch begins. */
        private long takeStretch(long lengthNs) {
            long earliest = pause.nowNs() - burstNs;
            while (true) {
                long next = nextStartNs.get();
                long start = next - earliest > 0 ? next : earliest;
                if (nextStartNs.compareAndSet(next, start + lengthNs)) {
                    return start;
                }
            }
        }
    }
}
