package org.dmuser.cli.dmsetup;

import java.io.IOException;
import java.util.List;
import org.dmuser.shim.dm.DeviceInfo;

/** The commands that have little or nothing to do where there is no udev, and may stand in a script all the same. */
final class Others {
    private static final String VERSION = """
            Library version:   1.02.185 (2022-05-18)
            Driver version:    4.47.0
            """;

    private Others() {}

    /** The version of dmsetup, and that of the kernel's interface, that all this is like. */
    static void version(Session session) {
        session.print(VERSION);
    }

    static void help(Session session) {
        for (String line : (Usage.all()
                        + (session.has(Switch.COLUMNS) ? "\n" + Usage.fields() + Usage.selection() : ""))
                .lines()
                .toList()) {
            session.voice().say(line);
        }
    }

    /** Files of devices are made by the service, and are always there. */
    static void nothing(Session session) {
        session.words();
    }

    static void mangle(Session session) throws IOException {
        for (DeviceInfo device : session.kernel().devices()) {
            boolean meant = session.words().isEmpty() || session.words().contains(session.plainName(device));
            if (meant) {
                boolean identified = !device.uuid().isEmpty();
                String uuid = identified ? session.mangling().plain(device.uuid()) : "[no UUID]";
                session.print(session.plainName(device) + ": " + uuid + ": name " + (identified ? "and UUID " : "")
                        + "already in correct form\n");
            }
        }
    }

    static void cookies(Session session) {
        session.print("Cookie       Semid      Value      Last semop time           Last change time\n");
    }

    static void completeAll(Session session) {
        session.print("0 semaphores with keys prefixed by 3405 (0xd4d) destroyed. 0 skipped.\n");
    }

    static void cookie(Session session) {
        List<String> words = session.words();
        if (words.isEmpty()) {
            throw CommandFailed.with("No udev transaction cookie given.");
        }
        throw CommandFailed.with("Incorrect cookie value.");
    }
}
