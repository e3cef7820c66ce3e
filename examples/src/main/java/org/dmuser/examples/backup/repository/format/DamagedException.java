package org.dmuser.examples.backup.repository.format;

import java.io.IOException;

/** Something stored in the repository is not what was once written there, or is gone. */
public final class DamagedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String object;

    /**
     * @param object what is damaged: the name of an object of the storage, or of a chunk
     * @param how what is wrong with it
     */
    public DamagedException(String object, String how) {
        super(object + " is damaged: " + how);
        this.object = object;
    }

    /**
     * The same, for somebody who could do something else.
     *
     * @param advice what that is
     */
    public DamagedException(DamagedException cause, String advice) {
        super(cause.getMessage() + "; " + advice, cause);
        this.object = cause.object;
    }

    public String object() {
        return object;
    }
}
