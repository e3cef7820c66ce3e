package org.dmuser.channel;

/**
 * What a message asks for: {@code DM_USER_REQ_MAP_*}, whose wire values are the ordinals.
 *
 * <p>Source: {@code include/uapi/linux/dm-user.h} of the dm-user patch series, December 2020.
 */
public enum RequestType {
    READ,
    WRITE,
    FLUSH,
    DISCARD,
    SECURE_ERASE,
    WRITE_SAME,
    WRITE_ZEROES,
    ZONE_OPEN,
    ZONE_CLOSE,
    ZONE_FINISH,
    ZONE_APPEND,
    ZONE_RESET,
    ZONE_RESET_ALL;

    private static final RequestType[] BY_WIRE = values();

    /** The value of the header's type field. */
    public long wire() {
        return ordinal();
    }

    /** The type a wire value stands for, or null where it stands for none. */
    public static RequestType of(long wire) {
        return wire >= 0 && wire < BY_WIRE.length ? BY_WIRE[(int) wire] : null;
    }
}
