package org.dmuser.sdk.filter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.dmuser.channel.Errno;
import org.dmuser.sdk.BlockException;
import org.dmuser.sdk.BlockHandler;
import org.dmuser.sdk.FilterProvider;
import org.dmuser.sdk.Operation;
import org.dmuser.sdk.config.ConfigKey;
import org.dmuser.sdk.config.HandlerConfig;

/**
 * {@code error}: fails some requests before they reach the handler, to see what those above make of it.
 *
 * <p>{@code error:rate=1%,error=ENOSPC} fails one request in a hundred; {@code error:rate=0,write=100%,file=/tmp/bad}
 * fails every write as long as the file exists.
 */
public final class ErrorFilter implements FilterProvider {
    private static final ConfigKey<Errno> ERROR = ConfigKey.choice(
                    "error", "the error number they fail with", EnumSet.complementOf(EnumSet.of(Errno.OK)))
            .orElse("EIO");
    private static final ConfigKey<Double> RATE = ConfigKey.probability(
                    "rate", "how many fail, of those without a rate of their own")
            .orElse("100%");
    private static final Map<Operation, ConfigKey<Double>> RATES = rates();
    private static final ConfigKey<Path> FILE = ConfigKey.path("file", "fails only while this file exists");
    private static final ConfigKey<Long> SEED =
            ConfigKey.integer("seed", "makes two runs fail the same way", Long.MIN_VALUE, Long.MAX_VALUE);

    @Override
    public String name() {
        return "error";
    }

    @Override
    public String description() {
        return "fails requests, by rate, operation and a trigger file";
    }

    @Override
    public List<ConfigKey<?>> keys() {
        List<ConfigKey<?>> keys = new ArrayList<>(List.of(ERROR, RATE, FILE, SEED));
        keys.addAll(RATES.values());
        return keys;
    }

    @Override
    public BlockHandler create(BlockHandler next, HandlerConfig config) {
        double[] rates = new double[Operation.values().length];
        double rate = config.value(RATE);
        RATES.forEach((operation, key) ->
                rates[operation.ordinal()] = config.find(key).orElse(rate));
        Errno error = config.value(ERROR);
        Path file = config.find(FILE).orElse(null);
        Random random = config.find(SEED).map(Random::new).orElseGet(Random::new);
        return new BeforeEach(next, new Injector(error, rates, file, random));
    }

    private static Map<Operation, ConfigKey<Double>> rates() {
        Map<Operation, ConfigKey<Double>> keys = new EnumMap<>(Operation.class);
        for (Operation operation : Operation.values()) {
            String name = OperationKeys.name(operation);
            keys.put(operation, ConfigKey.probability(name, "how many of this operation fail; rate if not given"));
        }
        return keys;
    }

    /** {@link Random} is safe to share between threads. */
    private record Injector(Errno error, double[] rates, Path file, Random random) implements BeforeEach.Action {
        @Override
        public void before(Operation operation, long offset, long length) throws IOException {
            double rate = rates[operation.ordinal()];
            if (rate > 0 && random.nextDouble() < rate && (file == null || Files.exists(file))) {
                throw new BlockException(error, "injected by the error filter");
            }
        }
    }
}
