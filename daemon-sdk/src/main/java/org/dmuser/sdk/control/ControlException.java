package org.dmuser.sdk.control;

import java.io.IOException;

/** A daemon has answered that something cannot be done, and why. */
public final class ControlException extends IOException {
    private static final long serialVersionUID = 1L;

    ControlException(String message) {
        super(message);
    }
}
