package org.dmuser.channel;

/**
 * How a message ended: {@code DM_USER_RESP_*}, whose wire values are the ordinals. A value that is none of these is
 * an error to the one who waits.
 */
public enum ResponseType {
    SUCCESS,
    ERROR,
    UNSUPPORTED;

    /** The value of the header's type field in an answer. */
    public long wire() {
        return ordinal();
    }

    /**
     * What the submitter sees.
     *
     * @param errno the answer's, beyond what dm-user carries; {@link Errno#OK} where it has none
     */
    Errno status(Errno errno) {
        if (this == SUCCESS) {
            return Errno.OK;
        }
        return errno == Errno.OK ? Errno.EIO : errno;
    }
}
