package org.dmuser.cli.dmsetup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.dmuser.cli.base.JsonObject;
import org.dmuser.shim.dm.DeviceInfo;
import org.dmuser.shim.dm.DeviceName;

/** {@code info -c}: which devices, which columns, and in which order. */
final class InfoReport {
    private static final String USUAL = "name,major,minor,attr,open,segments,events,uuid";
    private static final String USUAL_OF_SPLIT = "vg_name,lv_name,lv_layer";

    private final Session session;
    private final List<ReportField> fields;
    private final ReportData data;

    private InfoReport(Session session, String usual) {
        this.session = session;
        this.fields = fields(session, usual);
        this.data = new ReportData(session);
    }

    static void print(Session session) throws IOException {
        if (session.arguments().value(Switch.SELECT, "").equals("help")) {
            session.print(Usage.fields() + Usage.selection());
            return;
        }
        InfoReport report = new InfoReport(session, USUAL);
        Comparator<ReportRow> order = report.order();
        List<ReportRow> rows = new ArrayList<>();
        CommandFailed failed = null;
        if (session.words().isEmpty() && !session.hasDeviceOption()) {
            session.kernel().devices().forEach(device -> rows.add(ReportRow.of(device)));
            if (rows.isEmpty()) {
                session.print(session.has(Switch.JSON) ? "[]\n" : "No devices found\n");
                return;
            }
        } else {
            // Those before one that is missing are printed.
            failed = collect(session, rows);
        }
        rows.sort(order);
        report.print(rows);
        if (failed != null) {
            throw failed;
        }
    }

    private static CommandFailed collect(Session session, List<ReportRow> rows) throws IOException {
        try {
            if (session.words().isEmpty()) {
                rows.add(ReportRow.of(session.kernel().info(session.deviceByOption(), session.slot())));
            }
            for (String word : session.words()) {
                DeviceName name = session.named(word);
                rows.add(ReportRow.of(session.kernel().info(name, session.slot())));
            }
            return null;
        } catch (CommandFailed e) {
            return e;
        }
    }

    /** {@code splitname}: a name that need not be that of a device. */
    static void printSplit(Session session) {
        InfoReport report = new InfoReport(session, USUAL_OF_SPLIT);
        List<String> words = session.words();
        String subsystem = words.size() > 1 ? words.get(1) : SplitName.LVM;
        DeviceInfo none = new DeviceInfo(words.get(0), "", 0, false, false, false, false, false, 0, 0, 0, 0);
        report.print(List.of(new ReportRow(none, SplitName.of(subsystem, words.get(0), words.size() == 1))));
    }

    private void print(List<ReportRow> rows) {
        List<ReportRow> shown = fields.contains(ReportField.SELECTED)
                ? rows
                : rows.stream().filter(data::isSelected).toList();
        if (shown.isEmpty() && !session.has(Switch.JSON)) {
            return;
        }
        List<List<String>> cells = new ArrayList<>();
        CommandFailed failed = null;
        for (ReportRow row : shown) {
            try {
                cells.add(fields.stream().map(field -> field.cell(data, row)).toList());
            } catch (CommandFailed e) {
                failed = e;
                break;
            }
        }
        session.print(session.has(Switch.JSON) ? json(cells) : new Report(session, fields).text(cells));
        if (failed != null) {
            throw failed;
        }
    }

    private String json(List<List<String>> rows) {
        List<JsonObject> objects = new ArrayList<>();
        for (List<String> row : rows) {
            JsonObject object = new JsonObject();
            for (int i = 0; i < row.size(); i++) {
                ReportField field = fields.get(i);
                if (field.isNumber()) {
                    object.put(field.id(), Long.parseLong(row.get(i)));
                } else {
                    object.put(field.id(), row.get(i));
                }
            }
            objects.add(object);
        }
        return JsonObject.array(objects) + "\n";
    }

    private static List<ReportField> fields(Session session, String usual) {
        String wanted = session.arguments().value(Switch.OPTIONS, usual);
        String all = wanted.startsWith("+") ? usual + "," + wanted.substring(1) : wanted;
        List<ReportField> fields = new ArrayList<>();
        for (String word : all.split(",")) {
            List<ReportField> named = ReportField.named(word);
            if (named.isEmpty()) {
                throw unknown(session, "Unrecognised field: " + word);
            }
            fields.addAll(named);
        }
        return fields;
    }

    /** Lists those there are, and says which is none. */
    private static CommandFailed unknown(Session session, String problem) {
        if (session.voice() == Voice.DMSETUP) {
            for (String line : Usage.fields().lines().toList()) {
                session.voice().say(line);
            }
            session.voice().say(problem);
            return CommandFailed.finished();
        }
        return CommandFailed.usage(problem + "; 'dmuser dmsetup help -c' lists the fields");
    }

    private Comparator<ReportRow> order() {
        Comparator<ReportRow> order = (a, b) -> 0;
        String keys = session.arguments().value(Switch.SORT, "");
        for (String key : keys.isEmpty() ? new String[0] : keys.split(",")) {
            boolean descending = key.startsWith("-");
            String word = descending || key.startsWith("+") ? key.substring(1) : key;
            List<ReportField> named = ReportField.named(word);
            if (named.size() != 1) {
                throw unknown(session, "dm_report: Unrecognised field: " + word);
            }
            Comparator<ReportRow> next = comparator(named.get(0));
            order = order.thenComparing(descending ? next.reversed() : next);
        }
        return order;
    }

    private Comparator<ReportRow> comparator(ReportField field) {
        return field.isNumber()
                ? Comparator.comparingLong(row -> Long.parseLong(field.cell(data, row)))
                : Comparator.comparing(row -> field.cell(data, row));
    }
}
