package org.dmuser.cli.dmsetup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.dmuser.channel.Errno;
import org.dmuser.cli.base.JsonObject;
import org.dmuser.shim.dm.DeviceInfo;
import org.dmuser.shim.dm.DeviceName;
import org.dmuser.shim.dm.TableLine;
import org.dmuser.shim.service.ControlCommand;
import org.dmuser.shim.service.ControlReply;
import org.dmuser.shim.service.DeviceWords;

/** The commands that only ask, from {@code ls} to {@code targets}. */
final class Queries {
    private static final String NONE = "No devices found\n";

    private static final int WORDS_IN_LINE = 4;

    private Queries() {}

    /** The devices meant by the words or the options, all of them if there are neither. */
    private static List<DeviceName> meant(Session session) throws IOException {
        List<DeviceName> names = new ArrayList<>();
        if (session.has(Switch.SELECT)) {
            SelectedDevices.of(session).forEach(device -> names.add(new DeviceName.Named(device.name())));
            return names;
        }
        if (session.words().isEmpty()) {
            if (session.hasDeviceOption()) {
                return List.of(session.deviceByOption());
            }
            for (DeviceInfo device : session.kernel().devices()) {
                names.add(new DeviceName.Named(device.name()));
            }
            return names;
        }
        for (String word : session.words()) {
            names.add(session.named(word));
        }
        return names;
    }

    /** Whether lines begin with the name of a device: where none is named, or several. */
    private static boolean isMultiple(Session session) {
        return session.has(Switch.SELECT)
                || session.words().size() != 1 && !(session.words().isEmpty() && session.hasDeviceOption());
    }

    /** Says that there is nothing, where nobody has named anything. */
    private static boolean saidNone(Session session, List<DeviceName> meant) {
        if (meant.isEmpty()) {
            session.print(session.has(Switch.JSON) ? "[]\n" : session.has(Switch.SELECT) ? "" : NONE);
        }
        return meant.isEmpty();
    }

    private static void printJson(Session session, List<JsonObject> objects) {
        session.print(JsonObject.array(objects) + "\n");
    }

    static void ls(Session session) throws IOException {
        if (session.has(Switch.TARGET) || session.has(Switch.EXEC)) {
            DeviceLines.list(session);
        } else if (session.has(Switch.TREE)) {
            DeviceTree.print(session);
        } else {
            listNames(session);
        }
    }

    private static void listNames(Session session) throws IOException {
        DeviceNaming naming = DeviceNaming.of(session, DeviceNaming.NUMBER);
        List<DeviceInfo> devices = session.kernel().devices();
        if (session.has(Switch.JSON)) {
            printJson(
                    session,
                    devices.stream()
                            .map(device -> InfoText.json(session, device))
                            .toList());
            return;
        }
        StringBuilder text = new StringBuilder();
        for (DeviceInfo device : devices) {
            text.append(session.plainName(device)).append("\t(");
            text.append(
                            naming == DeviceNaming.NUMBER || !device.live()
                                    ? DeviceWords.number(device)
                                    : naming.of(session, device))
                    .append(")\n");
        }
        session.print(devices.isEmpty() ? NONE : text.toString());
    }

    static void info(Session session) throws IOException {
        if (session.has(Switch.COLUMNS)) {
            InfoReport.print(session);
            return;
        }
        if (session.has(Switch.OPTIONS)) {
            throw CommandFailed.usage(
                    "Option not recognised: " + session.arguments().value(Switch.OPTIONS) + ".");
        }
        List<DeviceName> meant = meant(session);
        if (saidNone(session, meant)) {
            return;
        }
        List<JsonObject> objects = new ArrayList<>();
        for (DeviceName name : meant) {
            DeviceInfo device = session.kernel().info(name, session.slot());
            if (session.has(Switch.JSON)) {
                objects.add(InfoText.json(session, device));
            } else {
                InfoText.print(session, device);
            }
        }
        if (session.has(Switch.JSON)) {
            printJson(session, objects);
        }
    }

    /** Shows a device, if asked to show more than usual. */
    static void verbose(Session session, DeviceName device) throws IOException {
        if (session.has(Switch.VERBOSE)) {
            InfoText.print(session, session.kernel().info(device, session.slot()));
        }
    }

    static void status(Session session) throws IOException {
        lines(session, ControlCommand.STATUS);
    }

    static void table(Session session) throws IOException {
        lines(session, ControlCommand.TABLE);
    }

    private static void lines(Session session, ControlCommand command) throws IOException {
        List<DeviceName> meant = meant(session);
        if (saidNone(session, meant)) {
            return;
        }
        DeviceLines lines = new DeviceLines(session, isMultiple(session), command == ControlCommand.STATUS);
        for (DeviceName name : meant) {
            Request request = Request.of(
                    command, command == ControlCommand.TABLE ? "table" : "status", name, Kernel.word(session.slot()));
            ControlReply reply = session.kernel().ask(request);
            if (reply.errno() != Errno.OK) {
                refuse(session, request, reply);
            }
            lines.print(DeviceWords.read(reply.words().get(0)), lines(reply));
        }
        lines.finish();
    }

    private static void refuse(Session session, Request request, ControlReply reply) {
        if (request.command() == ControlCommand.STATUS && reply.errno() == Errno.ENXIO) {
            session.voice().missing(reply);
        } else {
            session.voice().refused(request, reply);
        }
        throw CommandFailed.silently();
    }

    /** The lines in an answer: three words with one blank behind each, and whatever the target says. */
    static List<TableLine> lines(ControlReply reply) {
        List<TableLine> lines = new ArrayList<>();
        for (String line : reply.words().get(1).lines().toList()) {
            String[] words = line.split(" ", WORDS_IN_LINE);
            lines.add(new TableLine(
                    lines.size() + 1, Long.parseLong(words[0]), Long.parseLong(words[1]), words[2], words[3]));
        }
        return lines;
    }

    static void deps(Session session) throws IOException {
        DeviceNaming naming = DeviceNaming.of(session, DeviceNaming.NUMBER);
        List<DeviceName> meant = meant(session);
        if (saidNone(session, meant)) {
            return;
        }
        boolean multiple = isMultiple(session);
        List<JsonObject> objects = new ArrayList<>();
        for (DeviceName name : meant) {
            List<String> used = session.kernel().dependencies(name, session.slot());
            if (session.has(Switch.JSON)) {
                DeviceInfo device = session.kernel().info(name, session.slot());
                objects.add(
                        new JsonObject().put("name", session.plainName(device)).putStrings("dependencies", used));
                continue;
            }
            List<DeviceInfo> devices =
                    naming == DeviceNaming.NUMBER ? List.of() : session.kernel().devices();
            String prefix = multiple ? session.plainName(session.kernel().info(name, session.slot())) + ": " : "";
            session.print(prefix + used.size() + " dependencies\t:"
                    + used.stream()
                            .map(number -> " (" + naming.of(session, number, devices) + ")")
                            .collect(Collectors.joining())
                    + "\n");
            verbose(session, name);
        }
        if (session.has(Switch.JSON)) {
            printJson(session, objects);
        }
    }

    static void targets(Session session) throws IOException {
        printTargets(
                session,
                session.kernel()
                        .demand(new Request(ControlCommand.TARGETS, "versions", " ", List.of()))
                        .words());
    }

    static void targetVersion(Session session) throws IOException {
        Request request = new Request(ControlCommand.TARGETS, "versions", " ", List.of());
        List<String> known = session.kernel().demand(request).words();
        for (String wanted : session.words()) {
            int at = known.indexOf(wanted);
            if (at < 0 || at % 2 != 0) {
                session.voice()
                        .refused(
                                new Request(ControlCommand.TARGETS, "target-version", wanted + " ", List.of()),
                                new ControlReply(
                                        Errno.EINVAL,
                                        List.of(),
                                        List.of("there is no target type \"" + wanted + "\"")));
                throw CommandFailed.silently();
            }
            printTargets(session, known.subList(at, at + 2));
        }
    }

    private static void printTargets(Session session, List<String> words) {
        List<JsonObject> objects = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i + 1 < words.size(); i += 2) {
            text.append("%-16s v%s%n".formatted(words.get(i), words.get(i + 1)));
            objects.add(new JsonObject().put("name", words.get(i)).put("version", words.get(i + 1)));
        }
        if (session.has(Switch.JSON)) {
            printJson(session, objects);
        } else {
            session.print(text.toString());
        }
    }
}
