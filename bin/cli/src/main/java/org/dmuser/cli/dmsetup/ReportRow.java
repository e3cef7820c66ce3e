package org.dmuser.cli.dmsetup;

import org.dmuser.shim.dm.DeviceInfo;
import org.dmuser.shim.dm.DeviceMapper;
import org.dmuser.shim.service.DeviceWords;

/** A device as a row of {@code info -c}. */
record ReportRow(DeviceInfo info, SplitName split) {
    static ReportRow of(DeviceInfo device) {
        return new ReportRow(device, SplitName.of(device.name(), device.uuid()));
    }

    String number() {
        return DeviceWords.number(info);
    }

    String major() {
        return String.valueOf(DeviceMapper.MAJOR);
    }

    String attributes() {
        return (info.live() ? "L" : "-")
                + (info.inactive() ? "I" : "-")
                + (info.suspended() ? "s" : "-")
                + (info.readOnly() ? "r" : "w");
    }

    String tables() {
        if (info.live()) {
            return info.inactive() ? "Both" : "Live";
        }
        return info.inactive() ? "Inactive" : "None";
    }
}
