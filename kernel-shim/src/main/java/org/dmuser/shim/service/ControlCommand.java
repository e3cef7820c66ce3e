package org.dmuser.shim.service;

import java.util.Locale;

/**
 * What a service does when told to: the commands of the kernel's device mapper, and a few of its own. The words behind
 * each are its arguments; {@link Commands} carries them out. DEVICE stands for two words, {@link DeviceWords#of}.
 * The answers of those with DEVICE begin with what is known of it, {@link DeviceWords#write}.
 */
public enum ControlCommand {
    /** {@code NAME UUID MINOR}: makes a device without table. UUID and MINOR may be empty. */
    CREATE,

    /** {@code DEVICE rw|ro TABLE}: loads an inactive table. */
    LOAD,

    /** {@code DEVICE}: drops the inactive table. */
    CLEAR,

    /** {@code DEVICE flush|noflush}. */
    SUSPEND,

    /** {@code DEVICE flush|noflush}. */
    RESUME,

    /** {@code DEVICE now|deferred}. */
    REMOVE,

    /** {@code now|deferred}: removes all that nobody has open. */
    REMOVE_ALL,

    /** {@code DEVICE}: ends with EIO what waits for daemons, and whatever comes to their targets from now on. */
    FAIL,

    /** {@code DEVICE NAME}: gives it another name. */
    RENAME,

    /** {@code DEVICE UUID}: gives one without uuid that uuid. */
    SET_UUID,

    /** {@code DEVICE SECTOR TEXT}: says something to a target, or to the core; what it answers comes behind. */
    MESSAGE,

    /** {@code DEVICE NUMBER}: waits until the event number is another one; lines as of STATUS come behind. */
    WAIT,

    /** {@code DEVICE CYLINDERS HEADS SECTORS START}: checked, and of no effect. */
    GEOMETRY,

    /** All devices, a word each. */
    LS,

    /** {@code DEVICE live|inactive}. */
    INFO,

    /** {@code DEVICE live|inactive}: the state of targets, a line each in the second word. */
    STATUS,

    /** {@code DEVICE live|inactive}: the table, a line each in the second word. */
    TABLE,

    /** {@code DEVICE live|inactive}: what the targets have open comes behind, a word each. */
    DEPS,

    /** {@code NAME}: whether a daemon can attach to a device, or target, of that name. */
    ATTACHABLE,

    /** Names and versions of target types, alternately. */
    TARGETS,

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
