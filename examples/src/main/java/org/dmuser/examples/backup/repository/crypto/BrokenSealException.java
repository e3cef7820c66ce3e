package org.dmuser.examples.backup.repository.crypto;

/** Sealed bytes were changed, or are meant for another place, or another key sealed them. */
public final class BrokenSealException extends Exception {
    private static final long serialVersionUID = 1L;

    BrokenSealException(Throwable cause) {
        super("the seal is broken", cause);
    }
}
