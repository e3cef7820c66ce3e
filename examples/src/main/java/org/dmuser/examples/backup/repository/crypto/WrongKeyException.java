package org.dmuser.examples.backup.repository.crypto;

import java.io.IOException;

/** The passphrase or key file is not the repository's, or none was given, or it cannot be one at all. */
public final class WrongKeyException extends IOException {
    private static final long serialVersionUID = 1L;

    public WrongKeyException(String message) {
        super(message);
    }
}
