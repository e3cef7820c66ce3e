package org.dmuser.sdk.filter;

import org.dmuser.sdk.Operation;

/** What the operations are called in configuration. */
final class OperationKeys {
    private OperationKeys() {}

    static String name(Operation operation) {
        return switch (operation) {
            case READ -> "read";
            case WRITE -> "write";
            case FLUSH -> "flush";
            case DISCARD -> "discard";
            case WRITE_ZEROES -> "zeroes";
        };
    }
}
