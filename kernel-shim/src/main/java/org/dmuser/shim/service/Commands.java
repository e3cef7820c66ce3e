package org.dmuser.shim.service;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.dmuser.shim.dm.DeviceInfo;
import org.dmuser.shim.dm.DmException;
import org.dmuser.shim.dm.DmsetupText;
import org.dmuser.shim.dm.MappedDevice;
import org.dmuser.shim.dm.TableLine;
import org.dmuser.shim.dm.TableSlot;

/** Carries out commands. Any number of threads; one that is interrupted gives up as soon as it can. */
final class Commands {
    private final Devices devices;

    Commands(Devices devices) {
        this.devices = devices;
    }

    /** Does what the words say. Whatever goes wrong is in the answer. */
    ControlReply run(ControlCommand command, List<String> arguments) {
        try {
            return dispatch(command, arguments);
        } catch (DmException | IOException | RuntimeException e) {
            return ControlReply.failed(Problems.describe(e));
        }
    }

    private ControlReply dispatch(ControlCommand command, List<String> arguments) throws DmException, IOException {
        Arguments words = new Arguments(command, arguments);
        switch (command) {
            case CREATE -> create(words);
            case LOAD -> devices.load(words.name(), words.at(2), words.flag("ro", "rw"));
            case CLEAR -> devices.find(words.name()).clear();
            case SUSPEND -> devices.find(words.name()).suspend(words.flag("noflush", "flush"));
            case RESUME -> devices.find(words.name()).resume(words.flag("noflush", "flush"));
            case REMOVE -> devices.remove(words.name(), words.flag("force", "normal"));
            case LS -> {
                return ControlReply.ok(DmsetupText.ls(infosOfAll()));
            }
            case INFO -> {
                return info(words);
            }
            case STATUS, TABLE -> {
                return lines(command, words);
            }
            default -> throw new IllegalArgumentException(command + " is not carried out here");
        }
        return ControlReply.ok("");
    }

    private void create(Arguments words) throws DmException, IOException {
        boolean readOnly = words.flag("ro", "rw");
        if (words.count() == 2) {
            devices.create(words.name());
        } else {
            devices.create(words.name(), words.at(2), readOnly);
        }
    }

    private ControlReply info(Arguments words) {
        boolean columns = words.choice(0, "columns", "long");
        List<String> names = words.from(1);
        if (names.isEmpty()) {
            return ControlReply.ok(print(columns, infosOfAll()));
        }
        List<DeviceInfo> infos = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (String name : names) {
            try {
                infos.add(devices.info(name));
            } catch (DmException e) {
                problems.add(Problems.describe(e));
            }
        }
        return new ControlReply(infos.isEmpty() ? "" : print(columns, infos), problems);
    }

    private static String print(boolean columns, List<DeviceInfo> infos) {
        return columns ? DmsetupText.infoColumns(infos) : DmsetupText.info(infos);
    }

    private List<DeviceInfo> infosOfAll() {
        List<DeviceInfo> infos = new ArrayList<>();
        for (MappedDevice device : devices.list()) {
            try {
                infos.add(devices.info(device.name()));
            } catch (DmException e) {
                // Removed since it was listed.
            }
        }
        return infos;
    }

    private ControlReply lines(ControlCommand command, Arguments words) {
        TableSlot slot = words.choice(0, "inactive", "live") ? TableSlot.INACTIVE : TableSlot.LIVE;
        String type = words.at(1);
        List<String> names = words.from(2);
        StringBuilder text = new StringBuilder();
        if (names.isEmpty()) {
            List<MappedDevice> all = devices.list();
            all.forEach(device -> appendLines(text, command, device, slot, type, true));
            return ControlReply.ok(all.isEmpty() ? DmsetupText.ls(List.of()) : text.toString());
        }
        List<String> problems = new ArrayList<>();
        for (String name : names) {
            try {
                appendLines(text, command, devices.find(name), slot, type, names.size() > 1);
            } catch (DmException e) {
                problems.add(Problems.describe(e));
            }
        }
        return new ControlReply(text.toString(), problems);
    }

    private static void appendLines(
            StringBuilder text,
            ControlCommand command,
            MappedDevice device,
            TableSlot slot,
            String type,
            boolean multiple) {
        List<TableLine> lines = command == ControlCommand.STATUS ? device.status(slot) : device.table(slot);
        if (type.isEmpty()) {
            text.append(DmsetupText.lines(device.name(), lines, multiple));
            return;
        }
        List<TableLine> ofType =
                lines.stream().filter(line -> line.type().equals(type)).toList();
        if (!ofType.isEmpty()) {
            text.append(DmsetupText.lines(device.name(), ofType, multiple));
        }
    }

    /** The words behind a command, which come from whoever can open the socket. */
    private record Arguments(ControlCommand command, List<String> words) {
        String name() {
            return at(0);
        }

        int count() {
            return words.size();
        }

        String at(int index) {
            if (index >= words.size()) {
                throw new IllegalArgumentException(
                        "command '" + command.word() + "' lacks a word: it has only " + words);
            }
            return words.get(index);
        }

        List<String> from(int index) {
            return words.subList(Math.min(index, words.size()), words.size());
        }

        /** Whether the word behind the name is the first of two. */
        boolean flag(String set, String unset) {
            return choice(1, set, unset);
        }

        boolean choice(int index, String set, String unset) {
            String word = at(index);
            if (!word.equals(set) && !word.equals(unset)) {
                throw new IllegalArgumentException("command '" + command.word() + "' says '" + word + "' where " + set
                        + " or " + unset + " belongs");
            }
            return word.equals(set);
        }
    }
}
