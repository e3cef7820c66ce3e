package org.dmuser.shim.service;

import java.io.IOException;

/** What a service, or somebody who wants one, cannot do. The message is one line for a person. */
public final class ServiceException extends IOException {
    private static final long serialVersionUID = 1L;

    public ServiceException(String message) {
        super(message);
    }

    public ServiceException(String message, Throwable cause) {
        super(message, cause);
    }
}
