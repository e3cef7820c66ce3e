package org.dmuser.cli.dmsetup;

import java.io.IOException;
import java.util.List;
import org.dmuser.channel.Errno;
import org.dmuser.shim.dm.DeviceInfo;
import org.dmuser.shim.dm.DeviceName;
import org.dmuser.shim.dm.TableLine;
import org.dmuser.shim.service.ControlCommand;
import org.dmuser.shim.service.ControlReply;
import org.dmuser.shim.service.DeviceWords;

/**
 * A device to be made: three requests, of which one that fails undoes those before it.
 *
 * @param minor the number it is to have; empty for any
 * @param lines its table; if there are none, it is made and no more
 */
record Creation(String name, String uuid, String minor, boolean readOnly, List<TableLine> lines) {
    /** {@code dmsetup create}, but for {@code --concise}. */
    static void run(Session session) throws IOException {
        if (session.has(Switch.CONCISE)) {
            ConciseTable.create(session);
            return;
        }
        List<String> words = session.words();
        if (words.isEmpty()) {
            throw CommandFailed.unnamed("Please provide a name for the new device.");
        }
        boolean noTable = session.has(Switch.NOTABLE);
        if (session.voice() == Voice.DMUSER && noTable && (words.size() > 1 || session.has(Switch.TABLE))) {
            // dmsetup ignores the table.
            throw CommandFailed.usage("--notable and a table exclude each other");
        }
        String name = mangledName(session, words.get(0));
        String uuid = session.mangling().mangledUuid(session.arguments().value(Switch.UUID, ""));
        List<TableLine> lines = noTable ? List.of() : TableText.read(session, words.size() > 1 ? words.get(1) : null);
        String minor = session.has(Switch.MINOR)
                ? String.valueOf(Math.max(0, Numbers.leading(session.arguments().value(Switch.MINOR))))
                : "";
        boolean empty = !noTable && lines.isEmpty() && session.voice() == Voice.DMUSER;
        if (empty) {
            // dmsetup makes a device without table, which is more likely to be a mistake.
            throw CommandFailed.with("the table of \"" + name + "\" is empty: a table needs at least one line;"
                    + " --notable makes a device without one");
        }
        new Creation(name, uuid, minor, session.has(Switch.READONLY), lines).create(session);
    }

    /** The name as the service is to know it. @throws CommandFailed for one that cannot be */
    static String mangledName(Session session, String name) {
        if (name.indexOf('/') >= 0) {
            throw CommandFailed.with("Name \"" + name + "\" invalid. It contains \"/\".");
        }
        return session.mangling().mangledName(name);
    }

    void create(Session session) throws IOException {
        Kernel kernel = session.kernel();
        String description =
                minor.isEmpty() ? name + " " + uuid : Session.described(name, uuid, Integer.parseInt(minor));
        ControlReply made =
                kernel.demand(new Request(ControlCommand.CREATE, "create", description, List.of(name, uuid, minor)));
        if (lines.isEmpty()) {
            return;
        }
        DeviceInfo device = DeviceWords.read(made.words().get(0));
        DeviceName named = new DeviceName.Named(name);
        String numbered = Session.described(name, "", device.minor());
        Request load = Request.of(ControlCommand.LOAD, "reload", named, readOnly ? "ro" : "rw", TableText.of(lines));
        Request resume = Request.of(ControlCommand.RESUME, "resume", named, "flush");
        if (kernel.tell(load.called(numbered)).errno() != Errno.OK
                || kernel.tell(resume.called(numbered)).errno() != Errno.OK) {
            kernel.tell(Request.of(ControlCommand.REMOVE, "remove", named, "now"));
            throw CommandFailed.silently();
        }
    }
}
