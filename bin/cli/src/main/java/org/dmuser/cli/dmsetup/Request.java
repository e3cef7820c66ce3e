package org.dmuser.cli.dmsetup;

import java.util.ArrayList;
import java.util.List;
import org.dmuser.shim.dm.DeviceName;
import org.dmuser.shim.service.ControlCommand;
import org.dmuser.shim.service.DeviceWords;

/**
 * One thing asked of the service.
 *
 * @param verb what dmsetup calls it in errors
 * @param device what it is asked of, as errors name it: name, uuid and numbers
 */
record Request(ControlCommand command, String verb, String device, List<String> words) {
    /** Of a device that there is, or ought to be. */
    static Request of(ControlCommand command, String verb, DeviceName name, String... more) {
        List<String> words = new ArrayList<>(DeviceWords.of(name));
        words.addAll(List.of(more));
        return new Request(command, verb, describe(name), words);
    }

    private static String describe(DeviceName name) {
        if (name instanceof DeviceName.Named named) {
            return named.name() + " ";
        }
        if (name instanceof DeviceName.Identified identified) {
            return " " + identified.uuid();
        }
        DeviceName.Numbered number = (DeviceName.Numbered) name;
        return " (" + number.major() + ":" + number.minor() + ")";
    }

    /** The same, with the device described in other words. */
    Request called(String description) {
        return new Request(command, verb, description, words);
    }
}
