package org.dmuser.sdk;

import java.io.IOException;
import java.util.List;
import org.dmuser.sdk.config.ConfigKey;
import org.dmuser.sdk.config.HandlerConfig;

/**
 * Makes filters that can be named on the command line. Found through {@link java.util.ServiceLoader}: list the class in
 * {@code META-INF/services/org.dmuser.sdk.FilterProvider}.
 */
public interface FilterProvider {
    /** What the user types. */
    String name();

    /** One line on what it does. */
    String description();

    /** The keys it understands, all of them. */
    default List<ConfigKey<?>> keys() {
        return List.of();
    }

    /**
     * Makes one in front of {@code next}. The filter owns {@code next} from then on and closes it; if this throws, it
     * does not.
     *
     * @param config has only keys of {@link #keys}
     */
    BlockHandler create(BlockHandler next, HandlerConfig config) throws IOException;
}
