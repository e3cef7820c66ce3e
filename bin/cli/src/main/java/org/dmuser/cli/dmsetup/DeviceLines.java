package org.dmuser.cli.dmsetup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.dmuser.cli.base.JsonObject;
import org.dmuser.shim.dm.DeviceInfo;
import org.dmuser.shim.dm.DeviceMapper;
import org.dmuser.shim.dm.DeviceName;
import org.dmuser.shim.dm.TableLine;
import org.dmuser.shim.service.ControlCommand;

/** Prints the lines of tables, or of the state of their targets, of one device after the other. */
final class DeviceLines {
    private final Session session;
    private final boolean multiple;
    private final boolean status;
    private final String type;
    private final List<JsonObject> objects = new ArrayList<>();
    private boolean anyConcise;

    /** @param multiple whether each line begins with the name of its device */
    DeviceLines(Session session, boolean multiple, boolean status) {
        this.session = session;
        this.multiple = multiple;
        this.status = status;
        this.type = session.arguments().value(Switch.TARGET);
    }

    private boolean concerns(TableLine line) {
        return type == null || line.type().equals(type);
    }

    void print(DeviceInfo device, List<TableLine> lines) throws IOException {
        List<TableLine> wanted = lines.stream().filter(this::concerns).toList();
        if (type != null && wanted.isEmpty()) {
            return;
        }
        if (session.has(Switch.JSON)) {
            objects.add(json(device, wanted));
        } else if (session.has(Switch.CONCISE) && !status) {
            session.print((anyConcise ? ";" : "") + ConciseTable.write(session, device, wanted));
            anyConcise = true;
        } else {
            if (session.has(Switch.VERBOSE)) {
                InfoText.print(session, device);
            }
            session.print(text(device, wanted));
        }
        if (session.has(Switch.VERBOSE) && multiple) {
            session.print("\n");
        }
    }

    private String text(DeviceInfo device, List<TableLine> lines) {
        String prefix = multiple ? session.plainName(device) + ": " : "";
        if (lines.isEmpty()) {
            return prefix + "\n";
        }
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(prefix).append(line).append('\n'));
        return text.toString();
    }

    private JsonObject json(DeviceInfo device, List<TableLine> lines) {
        List<JsonObject> targets = new ArrayList<>();
        for (TableLine line : lines) {
            targets.add(new JsonObject()
                    .put("start", line.start())
                    .put("length", line.length())
                    .put("type", line.type())
                    .put(status ? "status" : "arguments", line.arguments()));
        }
        return new JsonObject().put("name", session.plainName(device)).put("targets", targets);
    }

    /** Prints what belongs behind the last device. */
    void finish() {
        if (session.has(Switch.JSON)) {
            session.print(JsonObject.array(objects) + "\n");
        } else if (anyConcise) {
            session.print("\n");
        }
    }

    /** {@code ls} of devices with targets of one type, or with a command for each. */
    static void list(Session session) throws IOException {
        DeviceLines lines = new DeviceLines(session, true, true);
        List<DeviceInfo> devices = session.kernel().devices();
        if (devices.isEmpty()) {
            session.print("No devices found\n");
        }
        for (DeviceInfo device : devices) {
            Request request = Request.of(
                    ControlCommand.STATUS, "status", new DeviceName.Named(device.name()), Kernel.word(session.slot()));
            List<TableLine> found = Queries.lines(session.kernel().demand(request));
            if (lines.type == null || found.stream().anyMatch(lines::concerns)) {
                lines.printName(device);
            }
        }
    }

    private void printName(DeviceInfo device) throws IOException {
        String command = session.arguments().value(Switch.EXEC);
        if (command == null) {
            session.print(session.plainName(device) + "\t(" + DeviceMapper.MAJOR + ", " + device.minor() + ")\n");
        } else {
            execute(command, session.path(device));
        }
    }

    private void execute(String command, String path) throws IOException {
        List<String> words = new ArrayList<>(List.of(command.strip().split("\\s+")));
        words.add(path);
        Process process = new ProcessBuilder(words)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectInput(ProcessBuilder.Redirect.INHERIT)
                .start();
        session.print(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        try {
            if (process.waitFor() != 0) {
                throw CommandFailed.silently();
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw CommandFailed.silently();
        }
    }
}
