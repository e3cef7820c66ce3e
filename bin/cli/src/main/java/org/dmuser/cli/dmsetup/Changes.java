package org.dmuser.cli.dmsetup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.dmuser.channel.Errno;
import org.dmuser.shim.dm.DeviceInfo;
import org.dmuser.shim.dm.DeviceName;
import org.dmuser.shim.dm.TableLine;
import org.dmuser.shim.dm.TableSlot;
import org.dmuser.shim.service.ControlCommand;
import org.dmuser.shim.service.ControlReply;

/** The commands that change a device which there is. */
final class Changes {
    private static final int NAME_BYTES_MAX = 127;
    private static final int UUID_BYTES_MAX = 128;

    /** How often, and how far apart, {@code --retry} tries. */
    private static final int TRIES = 25;

    private static final long TRY_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(200);

    private Changes() {}

    static void suspend(Session session) throws IOException {
        simple(session, ControlCommand.SUSPEND, "suspend", flush(session));
    }

    static void resume(Session session) throws IOException {
        simple(session, ControlCommand.RESUME, "resume", flush(session));
    }

    static void clear(Session session) throws IOException {
        simple(session, ControlCommand.CLEAR, "clear");
    }

    private static String flush(Session session) {
        return session.has(Switch.NOFLUSH) ? "noflush" : "flush";
    }

    private static void simple(Session session, ControlCommand command, String verb, String... more)
            throws IOException {
        DeviceName device = session.device();
        session.kernel().demand(Request.of(command, verb, device, more));
        Queries.verbose(session, device);
    }

    static void load(Session session) throws IOException {
        List<String> words = session.words();
        DeviceName device;
        String file;
        if (session.hasDeviceOption()) {
            if (words.size() > 1) {
                throw CommandFailed.with("Too many command line arguments.");
            }
            device = session.deviceByOption();
            file = words.isEmpty() ? null : words.get(0);
        } else {
            if (words.isEmpty()) {
                throw CommandFailed.with("Please specify device.");
            }
            device = session.named(words.get(0));
            file = words.size() > 1 ? words.get(1) : null;
        }
        String table = TableText.of(TableText.read(session, file));
        session.kernel().demand(Request.of(ControlCommand.LOAD, "reload", device, mode(session), table));
        Queries.verbose(session, device);
    }

    private static String mode(Session session) {
        return session.has(Switch.READONLY) ? "ro" : "rw";
    }

    static void remove(Session session) throws IOException {
        DeviceName device = session.device();
        if (session.has(Switch.FORCE)) {
            if (session.voice() == Voice.DMUSER) {
                // What there is not is named once, and not by each of the steps.
                session.kernel().info(device, TableSlot.LIVE);
            }
            failEverything(session, device, true);
        }
        Request request =
                Request.of(ControlCommand.REMOVE, "remove", device, session.has(Switch.DEFERRED) ? "deferred" : "now");
        ControlReply reply = session.kernel().ask(request);
        int triesLeft = session.has(Switch.RETRY) ? TRIES - 1 : 0;
        while (reply.errno() == Errno.EBUSY && triesLeft > 0) {
            LockSupport.parkNanos(TRY_INTERVAL_NS);
            triesLeft--;
            reply = session.kernel().ask(request);
        }
        session.kernel().require(request, reply);
    }

    static void removeAll(Session session) throws IOException {
        Request request = new Request(
                ControlCommand.REMOVE_ALL,
                "remove_all",
                " ",
                List.of(session.has(Switch.DEFERRED) ? "deferred" : "now"));
        session.kernel().demand(request);
        if (session.has(Switch.FORCE)) {
            for (DeviceInfo device : session.kernel().devices()) {
                failEverything(session, new DeviceName.Named(device.name()), true);
            }
            session.kernel().demand(request);
        }
    }

    static void wipeTable(Session session) throws IOException {
        if (!failEverything(session, session.device(), session.has(Switch.NOFLUSH))) {
            throw CommandFailed.silently();
        }
    }

    /** Gives a device a table of its size where everything fails; what is wrong with that is said. */
    private static boolean failEverything(Session session, DeviceName device, boolean noFlush) throws IOException {
        Kernel kernel = session.kernel();
        ControlReply table =
                kernel.tell(Request.of(ControlCommand.TABLE, "table", device, Kernel.word(TableSlot.LIVE)));
        long sectors = 0;
        if (table.errno() == Errno.OK) {
            for (TableLine line : Queries.lines(table)) {
                sectors += line.length();
            }
            kernel.ask(Request.of(ControlCommand.FAIL, "", device));
        } else if (session.voice() == Voice.DMUSER) {
            return false;
        }
        String lines = "0 " + sectors + " error";
        if (kernel.tell(Request.of(ControlCommand.LOAD, "reload", device, mode(session), lines))
                        .errno()
                != Errno.OK) {
            return false;
        }
        Request resume = Request.of(ControlCommand.RESUME, "resume", device, noFlush ? "noflush" : "flush");
        if (kernel.tell(resume).errno() != Errno.OK) {
            kernel.tell(Request.of(ControlCommand.CLEAR, "clear", device));
            return false;
        }
        return true;
    }

    static void rename(Session session) throws IOException {
        List<String> words = session.words();
        int first = session.hasDeviceOption() ? 0 : 1;
        if (words.size() <= first) {
            throw CommandFailed.unnamed("No device specified.");
        }
        DeviceName device = first == 0 ? session.deviceByOption() : session.named(words.get(0));
        String text = words.get(first);
        boolean setUuid = session.has(Switch.SETUUID);
        if (!setUuid && text.isEmpty()) {
            throw CommandFailed.with("Non empty new name is required.");
        }
        if (!setUuid && text.indexOf('/') >= 0) {
            throw CommandFailed.with("Name \"" + text + "\" invalid. It contains \"/\".");
        }
        String mangled = session.mangling().mangled(setUuid ? "UUID" : "name", text);
        if (mangled.getBytes(StandardCharsets.UTF_8).length > (setUuid ? UUID_BYTES_MAX : NAME_BYTES_MAX)) {
            throw CommandFailed.with((setUuid ? "Uuid" : "Name") + " \"" + text + "\" too long");
        }
        ControlCommand command = setUuid ? ControlCommand.SET_UUID : ControlCommand.RENAME;
        session.kernel().demand(Request.of(command, "rename", device, mangled));
    }

    static void message(Session session) throws IOException {
        List<String> words = session.words();
        int first = session.hasDeviceOption() ? 0 : 1;
        DeviceName device = first == 0 ? session.deviceByOption() : session.named(words.get(0));
        OptionalLong sector = Numbers.unsigned(words.get(first));
        if (sector.isEmpty()) {
            throw CommandFailed.with("Invalid sector.");
        }
        List<String> text = words.subList(first + 1, words.size());
        if (text.isEmpty()) {
            session.voice().say("No message supplied.");
        }
        ControlReply reply = session.kernel()
                .demand(Request.of(
                        ControlCommand.MESSAGE,
                        "message",
                        device,
                        Long.toUnsignedString(sector.getAsLong()),
                        String.join(" ", text)));
        String answer = reply.words().get(1);
        session.print(answer.isEmpty() || answer.endsWith("\n") ? answer : answer + "\n");
    }

    static void awaitEvent(Session session) throws IOException {
        List<String> words = session.words();
        int first = session.hasDeviceOption() ? 0 : 1;
        if (words.size() < first) {
            throw CommandFailed.unnamed("No device specified.");
        }
        DeviceName device = first == 0 ? session.deviceByOption() : session.named(words.get(0));
        int seen = words.size() > first ? Numbers.leading(words.get(first)) : 0;
        session.kernel().demand(Request.of(ControlCommand.WAIT, "waitevent", device, Integer.toUnsignedString(seen)));
        Queries.verbose(session, device);
    }

    static void setGeometry(Session session) throws IOException {
        List<String> words = session.words();
        DeviceName device = session.named(words.get(0));
        session.kernel()
                .demand(Request.of(
                        ControlCommand.GEOMETRY,
                        "setgeometry",
                        device,
                        words.subList(1, words.size()).toArray(String[]::new)));
    }
}
