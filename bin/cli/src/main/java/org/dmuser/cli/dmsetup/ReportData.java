package org.dmuser.cli.dmsetup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.dmuser.shim.dm.DeviceInfo;
import org.dmuser.shim.dm.DeviceName;

/** What columns need beyond the device itself; asked for when the first column wants it, and kept. */
final class ReportData {
    private final Session session;
    private final Map<String, List<String>> used = new HashMap<>();
    private final Predicate<ReportRow> selected;
    private List<DeviceInfo> devices;

    ReportData(Session session) {
        this.session = session;
        this.selected = Selection.parse(session.arguments().value(Switch.SELECT, ""), this, session.voice());
    }

    /** Whether it is one of those that {@code --select} means. */
    boolean isSelected(ReportRow row) {
        return selected.test(row);
    }

    String plain(String name) {
        return session.mangling().plain(name);
    }

    /** dmsetup has none of a device that has no file yet. */
    String readAhead(ReportRow row) {
        if (row.info().live()) {
            return String.valueOf(InfoText.READ_AHEAD_SECTORS);
        }
        InfoText.complainOfNode(session, row.info());
        return "0";
    }

    String kernelName(ReportRow row) {
        if (row.info().live()) {
            return DeviceNaming.kernelName(row.info());
        }
        throw CommandFailed.with(
                "Could not resolve block device name for " + row.number() + ".",
                "_do_report_object: report function failed for field blkdevname");
    }

    /** What a device is mapped to, as tables name it. */
    List<String> used(ReportRow row) {
        return used(row.info());
    }

    private List<String> used(DeviceInfo device) {
        return used.computeIfAbsent(device.name(), name -> {
            try {
                return session.kernel().dependencies(new DeviceName.Named(name), session.slot());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private List<DeviceInfo> devices() {
        if (devices == null) {
            try {
                devices = session.kernel().devices();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return devices;
    }

    List<String> namesUsed(ReportRow row) {
        List<String> names = new ArrayList<>();
        for (String number : used(row)) {
            DeviceNaming.find(number, devices()).ifPresent(device -> names.add(plain(device.name())));
        }
        return names;
    }

    List<String> kernelNamesUsed(ReportRow row) {
        return used(row).stream()
                .map(number -> DeviceNaming.KERNEL_NAME.of(session, number, devices()))
                .toList();
    }

    List<DeviceInfo> using(ReportRow row) {
        return devices().stream()
                .filter(device -> used(device).contains(row.number()))
                .toList();
    }

    List<String> namesUsing(ReportRow row) {
        return using(row).stream().map(device -> plain(device.name())).toList();
    }

    List<String> numbersUsing(ReportRow row) {
        return using(row).stream()
                .map(device -> DeviceNaming.NUMBER.of(session, device))
                .toList();
    }
}
