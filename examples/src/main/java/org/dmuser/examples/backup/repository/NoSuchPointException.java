package org.dmuser.examples.backup.repository;

import java.io.IOException;

/** What the user wrote means no restore point, or more than one. */
public final class NoSuchPointException extends IOException {
    private static final long serialVersionUID = 1L;

    NoSuchPointException(String message) {
        super(message);
    }
}
