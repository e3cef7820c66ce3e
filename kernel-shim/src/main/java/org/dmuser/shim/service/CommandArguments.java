package org.dmuser.shim.service;

import java.util.List;
import org.dmuser.shim.dm.DeviceName;
import org.dmuser.shim.dm.TableSlot;

/** The words behind a command, which come from whoever can open the socket. */
record CommandArguments(ControlCommand command, List<String> words) {
    /** The device named by the first two words. */
    DeviceName device() {
        return DeviceWords.parseName(at(0), at(1));
    }

    /** Which of a device's tables is meant. */
    TableSlot slot() {
        return choice(2, "inactive", "live") ? TableSlot.INACTIVE : TableSlot.LIVE;
    }

    String at(int index) {
        if (index >= words.size()) {
            throw new IllegalArgumentException("command '" + command.word() + "' lacks a word: it has only " + words);
        }
        return words.get(index);
    }

    /** A number without sign of 64 bits. */
    long number(int index) {
        return Long.parseUnsignedLong(at(index));
    }

    List<String> from(int index) {
        return words.subList(Math.min(index, words.size()), words.size());
    }

    /** Whether a word is the first of two. */
    boolean choice(int index, String set, String unset) {
        String word = at(index);
        if (!word.equals(set) && !word.equals(unset)) {
            throw new IllegalArgumentException(
                    "command '" + command.word() + "' says '" + word + "' where " + set + " or " + unset + " belongs");
        }
        return word.equals(set);
    }
}
