package org.dmuser.examples.pattern;

import org.dmuser.sdk.HandlerProvider;
import org.dmuser.sdk.config.HandlerConfig;

/** {@code dmuser run pattern --size 1G}. */
public final class PatternProvider implements HandlerProvider {
    @Override
    public String name() {
        return "pattern";
    }

    @Override
    public String description() {
        return "read-only; every 8 bytes hold their own offset, big-endian";
    }

    @Override
    public PatternHandler create(HandlerConfig config) {
        return new PatternHandler();
    }
}
