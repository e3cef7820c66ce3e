package org.dmuser.cli.dmsetup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.dmuser.shim.dm.DeviceInfo;

/** Of the devices a command names, or of all, those that {@code --select} means. */
final class SelectedDevices {
    private SelectedDevices() {}

    static List<DeviceInfo> of(Session session) throws IOException {
        ReportData data = new ReportData(session);
        return named(session).stream()
                .filter(device -> data.isSelected(ReportRow.of(device)))
                .toList();
    }

    private static List<DeviceInfo> named(Session session) throws IOException {
        if (session.words().isEmpty()) {
            return session.hasDeviceOption()
                    ? List.of(session.kernel().info(session.deviceByOption(), session.slot()))
                    : session.kernel().devices();
        }
        List<DeviceInfo> devices = new ArrayList<>();
        for (String word : session.words()) {
            devices.add(session.kernel().info(session.named(word), session.slot()));
        }
        return devices;
    }
}
