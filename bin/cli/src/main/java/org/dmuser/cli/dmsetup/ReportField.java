package org.dmuser.cli.dmsetup;

import java.util.List;
import java.util.function.BiFunction;

/** The columns of {@code info -c}, in the order in which help lists them. */
enum ReportField {
    NAME("name", "Name", 16, Kind.NAME, "Its name.", (r, d) -> r.plain(d.info().name())),
    MANGLED_NAME(
            "mangled_name",
            "MangledName",
            16,
            Kind.NAME,
            "Its name as the service has it.",
            (r, d) -> d.info().name()),
    UNMANGLED_NAME(
            "unmangled_name",
            "UnmangledName",
            16,
            Kind.NAME,
            "Its name as people write it.",
            (r, d) -> r.plain(d.info().name())),
    UUID("uuid", "UUID", 32, Kind.NAME, "Its uuid.", (r, d) -> r.plain(d.info().uuid())),
    MANGLED_UUID(
            "mangled_uuid",
            "MangledUUID",
            32,
            Kind.NAME,
            "Its uuid as the service has it.",
            (r, d) -> d.info().uuid()),
    UNMANGLED_UUID(
            "unmangled_uuid",
            "UnmangledUUID",
            32,
            Kind.NAME,
            "Its uuid as people write it.",
            (r, d) -> r.plain(d.info().uuid())),
    READ_AHEAD("read_ahead", "RAhead", -6, Kind.NAME, "Sectors that are read ahead.", (r, d) -> r.readAhead(d)),

    BLKDEVNAME("blkdevname", "BlkDevName", 16, Kind.INFO, "What the kernel would call it.", (r, d) -> r.kernelName(d)),
    ATTR(
            "attr",
            "Stat",
            4,
            Kind.INFO,
            "(L)ive and (I)nactive table, (s)uspended, (r)ead-only or (w)riteable.",
            (r, d) -> d.attributes()),
    TABLES_LOADED("tables_loaded", "Tables", 6, Kind.INFO, "Which tables it has.", (r, d) -> d.tables()),
    SUSPENDED(
            "suspended",
            "Suspended",
            9,
            Kind.INFO,
            "Whether it is suspended.",
            (r, d) -> d.info().suspended() ? "Suspended" : "Active"),
    READONLY(
            "readonly",
            "Read-only",
            9,
            Kind.INFO,
            "Whether it is read-only.",
            (r, d) -> d.info().readOnly() ? "Read-only" : "Writeable"),
    DEVNO("devno", "DevNo", 5, Kind.INFO, "Its numbers.", (r, d) -> d.number()),
    MAJOR("major", "Maj", -3, Kind.INFO, "Its major number.", (r, d) -> d.major()),
    MINOR(
            "minor",
            "Min",
            -3,
            Kind.INFO,
            "Its minor number.",
            (r, d) -> String.valueOf(d.info().minor())),
    OPEN(
            "open",
            "Open",
            -4,
            Kind.INFO,
            "How often it is open.",
            (r, d) -> String.valueOf(d.info().openCount())),
    SEGMENTS(
            "segments",
            "Targ",
            -4,
            Kind.INFO,
            "How many targets it has.",
            (r, d) -> String.valueOf(d.info().targetCount())),
    EVENTS(
            "events",
            "Event",
            -6,
            Kind.INFO,
            "The number of its last event.",
            (r, d) -> String.valueOf(d.info().eventNumber())),

    DEVICE_COUNT(
            "device_count",
            "#Devs",
            -5,
            Kind.DEPS,
            "How many devices it is mapped to.",
            (r, d) -> String.valueOf(r.used(d).size())),
    DEVS_USED(
            "devs_used",
            "DevNamesUsed",
            16,
            Kind.TREE,
            "The mapped devices among them.",
            (r, d) -> String.join(",", r.namesUsed(d))),
    DEVNOS_USED("devnos_used", "DevNosUsed", 16, Kind.DEPS, "Their numbers.", (r, d) -> String.join(",", r.used(d))),
    BLKDEVS_USED(
            "blkdevs_used",
            "BlkDevNamesUsed",
            16,
            Kind.DEPS,
            "What the kernel would call them.",
            (r, d) -> String.join(",", r.kernelNamesUsed(d))),
    DEVICE_REF_COUNT(
            "device_ref_count",
            "#Refs",
            -5,
            Kind.TREE,
            "How many mapped devices are mapped to it.",
            (r, d) -> String.valueOf(r.using(d).size())),
    NAMES_USING_DEV(
            "names_using_dev", "RefNames", 8, Kind.TREE, "Their names.", (r, d) -> String.join(",", r.namesUsing(d))),
    DEVNOS_USING_DEV(
            "devnos_using_dev",
            "RefDevNos",
            9,
            Kind.TREE,
            "Their numbers.",
            (r, d) -> String.join(",", r.numbersUsing(d))),

    SUBSYSTEM(
            "subsystem",
            "Subsys",
            6,
            Kind.SPLIT,
            "What its uuid says it belongs to.",
            (r, d) -> d.split().subsystem()),
    VG_NAME(
            "vg_name",
            "VG",
            4,
            Kind.SPLIT,
            "Of a name of LVM, the volume group.",
            (r, d) -> d.split().group()),
    LV_NAME(
            "lv_name",
            "LV",
            4,
            Kind.SPLIT,
            "Of a name of LVM, the logical volume.",
            (r, d) -> d.split().volume()),
    LV_LAYER(
            "lv_layer",
            "LVLayer",
            7,
            Kind.SPLIT,
            "Of a name of LVM, the layer.",
            (r, d) -> d.split().layer()),

    SELECTED(
            "selected",
            "Selected",
            -8,
            Kind.SPECIAL,
            "1 for those that --select means; then all are shown.",
            (r, d) -> r.isSelected(d) ? "1" : "0");

    /** What a column tells of; {@code KIND_all} stands for all of a kind. */
    enum Kind {
        NAME("name"),
        INFO("info"),
        DEPS("deps"),
        TREE("tree"),
        SPLIT("splitname"),
        /** Of the row, and not of a device; none of "all". */
        SPECIAL("");

        private final String word;

        Kind(String word) {
            this.word = word;
        }
    }

    private final String id;
    private final String heading;
    private final int width;
    private final Kind kind;
    private final String description;
    private final BiFunction<ReportData, ReportRow, String> cell;

    /** @param width at least; negative for a number, which stands to the right */
    ReportField(
            String id,
            String heading,
            int width,
            Kind kind,
            String description,
            BiFunction<ReportData, ReportRow, String> cell) {
        this.id = id;
        this.heading = heading;
        this.width = width;
        this.kind = kind;
        this.description = description;
        this.cell = cell;
    }

    String id() {
        return id;
    }

    String heading() {
        return heading;
    }

    String description() {
        return description;
    }

    int width() {
        return Math.abs(width);
    }

    boolean isNumber() {
        return width < 0;
    }

    String cell(ReportData data, ReportRow row) {
        return cell.apply(data, row);
    }

    /** The columns that a word of {@code -o} stands for, in whatever case; none if it is no such word. */
    static List<ReportField> named(String word) {
        List<ReportField> all = List.of(values());
        if (word.equalsIgnoreCase("all")) {
            return all.stream().filter(field -> field.kind != Kind.SPECIAL).toList();
        }
        return all.stream()
                .filter(field -> field.id.equalsIgnoreCase(word) || (field.kind.word + "_all").equalsIgnoreCase(word))
                .toList();
    }
}
