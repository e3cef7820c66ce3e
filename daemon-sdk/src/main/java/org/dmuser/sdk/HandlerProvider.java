package org.dmuser.sdk;

import java.io.IOException;
import java.util.List;
import org.dmuser.sdk.config.ConfigKey;
import org.dmuser.sdk.config.HandlerConfig;

/**
 * Makes handlers that can be named on the command line. Found through {@link java.util.ServiceLoader}: list the class
 * in {@code META-INF/services/org.dmuser.sdk.HandlerProvider}.
 */
public interface HandlerProvider {
    /** What the user types. */
    String name();

    /** One line on what it does. */
    String description();

    /** The keys it understands, all of them. */
    default List<ConfigKey<?>> keys() {
        return List.of();
    }

    /**
     * Makes one.
     *
     * @param config has only keys of {@link #keys}
     */
    Handler create(HandlerConfig config) throws IOException;
}
