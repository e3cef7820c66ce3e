package org.dmuser.cli.dmsetup;

import org.dmuser.cli.base.JsonObject;
import org.dmuser.shim.dm.DeviceInfo;
import org.dmuser.shim.dm.DeviceMapper;

/** What is known of one device: as a paragraph, and as JSON. */
final class InfoText {
    /** What dmsetup takes from the kernel's default for a disk, and prints of devices that have a file. */
    static final int READ_AHEAD_SECTORS = 256;

    private InfoText() {}

    static void print(Session session, DeviceInfo device) {
        session.print(text(session, device));
        if (!device.live()) {
            complainOfNode(session, device);
        }
    }

    /** dmsetup looks for the read-ahead of a device that has no file yet, and says that there is none. */
    static void complainOfNode(Session session, DeviceInfo device) {
        if (session.voice() == Voice.DMSETUP) {
            session.voice().say(session.path(device) + ": open failed: No such file or directory");
        }
    }

    private static String text(Session session, DeviceInfo device) {
        StringBuilder text = new StringBuilder();
        text.append("Name:              ").append(session.plainName(device)).append('\n');
        text.append("State:             ").append(state(device)).append('\n');
        if (device.live()) {
            text.append("Read Ahead:        ").append(READ_AHEAD_SECTORS).append('\n');
        }
        text.append("Tables present:    ").append(tablesPresent(device)).append('\n');
        text.append("Open count:        ").append(device.openCount()).append('\n');
        text.append("Event number:      ").append(device.eventNumber()).append('\n');
        text.append("Major, minor:      ").append(DeviceMapper.MAJOR).append(", ");
        text.append(device.minor()).append('\n');
        text.append("Number of targets: ").append(device.targetCount()).append('\n');
        if (!device.uuid().isEmpty()) {
            text.append("UUID: ")
                    .append(session.mangling().plain(device.uuid()))
                    .append('\n');
        }
        return text.append('\n').toString();
    }

    private static String state(DeviceInfo device) {
        return (device.suspended() ? "SUSPENDED" : "ACTIVE")
                + (device.readOnly() ? " (READ-ONLY)" : "")
                + (device.deferredRemove() ? " (DEFERRED REMOVE)" : "");
    }

    private static String tablesPresent(DeviceInfo device) {
        if (device.live()) {
            return device.inactive() ? "LIVE & INACTIVE" : "LIVE";
        }
        return device.inactive() ? "INACTIVE" : "None";
    }

    static JsonObject json(Session session, DeviceInfo device) {
        return new JsonObject()
                .put("name", session.plainName(device))
                .put("uuid", session.mangling().plain(device.uuid()))
                .put("major", DeviceMapper.MAJOR)
                .put("minor", device.minor())
                .put("path", session.path(device))
                .put("sectors", device.sectors())
                .put("suspended", device.suspended())
                .put("readOnly", device.readOnly())
                .put("live", device.live())
                .put("inactive", device.inactive())
                .put("deferredRemove", device.deferredRemove())
                .put("openCount", device.openCount())
                .put("eventNumber", device.eventNumber())
                .put("targets", device.targetCount());
    }
}
