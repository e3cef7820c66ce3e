package org.dmuser.shim.service;

import java.util.Locale;

/** What a service does when told to. The words behind each are its arguments; {@link Commands} carries them out. */
public enum ControlCommand {
    /** {@code NAME rw|ro [TABLE]}: makes a device and, with a table, starts it. */
    CREATE,

    /** {@code NAME rw|ro TABLE}: loads an inactive table. */
    LOAD,

    /** {@code NAME}: drops the inactive table. */
    CLEAR,

    /** {@code NAME flush|noflush}. */
    SUSPEND,

    /** {@code NAME flush|noflush}. */
    RESUME,

    /** {@code NAME normal|force}. */
    REMOVE,

    /** Names and numbers of all devices. */
    LS,

    /** {@code long|columns [NAME...]}: of all devices if none is named. */
    INFO,

    /** {@code live|inactive TYPE [NAME...]}: the state of targets, of one type or, if that is empty, of all. */
    STATUS,

    /** {@code live|inactive TYPE [NAME...]}: the tables. */
    TABLE,

    /** Ends the service: the answer comes when all is cleaned up, the connection ends with the process. */
    STOP;

    /** As it is written in a frame. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The command of that word, or null. */
    static ControlCommand of(String word) {
        for (ControlCommand command : values()) {
            if (command.word().equals(word)) {
                return command;
            }
        }
        return null;
    }
}
