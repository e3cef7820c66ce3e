package org.dmuser.tests.handlers;

/** Its class cannot be initialized. */
public final class NeverLoaded extends Ram {
    private static final int NUMBER = Integer.parseInt("not a number");

    @Override
    public long size() {
        return NUMBER;
    }
}
