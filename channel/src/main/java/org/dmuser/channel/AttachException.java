package org.dmuser.channel;

import java.io.IOException;

/** A daemon cannot attach: no service, no such device, no room. The message is one line for a person. */
public final class AttachException extends IOException {
    private static final long serialVersionUID = 1L;

    public AttachException(String message) {
        super(message);
    }

    public AttachException(String message, Throwable cause) {
        super(message, cause);
    }
}
