package org.dmuser.examples.backup.repository;

import java.io.IOException;

/** Someone else is at work in the repository, or a lock was lost to someone who took its holder for dead. */
public final class LockedException extends IOException {
    private static final long serialVersionUID = 1L;

    LockedException(String message) {
        super(message);
    }
}
