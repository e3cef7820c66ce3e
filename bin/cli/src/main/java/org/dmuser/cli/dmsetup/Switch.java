package org.dmuser.cli.dmsetup;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The options there are, in the order in which help lists them. */
public enum Switch {
    NOTABLE("n", "notable", null, "Makes it without a table: it has no size until one is loaded and resumed."),
    TABLE(null, "table", "TABLE", "The table: lines of '<start> <length> <target type> <arguments>', in sectors."),
    CONCISE(null, "concise", null, "A table as 'name,uuid,minor,ro|rw,line[,line...][;...]'."),
    UUID("u", "uuid", "UUID", "The device of this uuid; of a new device, its uuid."),
    MAJOR("j", "major", "N", "With --minor: the device of this number."),
    MINOR("m", "minor", "N", "With --major: the device of this number; of a new device, its number."),
    READONLY("r", "readonly", null, "Loads the table read-only: writing fails with EROFS."),
    FORCE("f", "force", null, "First gives it a table that fails everything, and ends what waits for its daemons."),
    RETRY(null, "retry", null, "Tries again for five seconds while it is in use."),
    DEFERRED(null, "deferred", null, "If it is in use, removes it when it is no more."),
    NOFLUSH(null, "noflush", null, "Lets targets give back what they cannot end now."),
    NOLOCKFS(null, "nolockfs", null, "Accepted, as by dmsetup; file systems on a device are never frozen."),
    SETUUID(null, "setuuid", null, "Gives a device without uuid one, instead of a new name."),
    INACTIVE(null, "inactive", null, "Of the inactive tables instead of the live ones."),
    TARGET(null, "target", "TYPE", "Only targets of this type."),
    SHOWKEYS(null, "showkeys", null, "Accepted, as by dmsetup; no target here has keys to hide."),
    EXEC(null, "exec", "COMMAND", "Runs a command for each device, with the path of its file as the last word."),
    TREE(null, "tree", null, "As a tree: what is mapped to what."),
    COLUMNS("cC", "columns", null, "A row for each device."),
    OPTIONS("o", "options", "FIELDS", "Which columns, or how devices are named; 'dmsetup help -c' lists them."),
    SORT("O", "sort", "FIELDS", "Sorts rows by these columns; '-' before one turns the order."),
    SELECT("S", "select", "SELECTION", "Only devices of which this holds: 'name=~^vol && open>0'."),
    NOHEADINGS(null, "noheadings", null, "Rows without a heading, the columns with ':' between them."),
    SEPARATOR(null, "separator", "TEXT", "Stands between columns, which are not aligned then."),
    NAMEPREFIXES(null, "nameprefixes", null, "Columns as DM_NAME='value', for a shell."),
    UNQUOTED(null, "unquoted", null, "With --nameprefixes: without quotes."),
    ROWS(null, "rows", null, "Columns as rows."),
    UNBUFFERED(null, "unbuffered", null, "Columns as wide as their headings, without looking at the rows first."),
    NOOPENCOUNT(null, "noopencount", null, "Accepted, as by dmsetup."),
    JSON(null, "json", null, "As JSON, an array of objects."),
    VERBOSE("v", "verbose", null, "Shows the device, too."),
    MANGLENAME(null, "manglename", "MODE", "Whether to write unusual characters of names as \\xNN: auto, hex or none."),
    READAHEAD(null, "readahead", "N", "Accepted, as by dmsetup."),
    ADDNODEONCREATE(null, "addnodeoncreate", null, "Accepted, as by dmsetup."),
    ADDNODEONRESUME(null, "addnodeonresume", null, "Accepted, as by dmsetup."),
    UID("U", "uid", "N", "Accepted, as by dmsetup."),
    GID("G", "gid", "N", "Accepted, as by dmsetup."),
    MODE("M", "mode", "N", "Accepted, as by dmsetup."),
    CHECKS(null, "checks", null, "Accepted, as by dmsetup."),
    NOUDEVRULES(null, "noudevrules", null, "Accepted, as by dmsetup."),
    NOUDEVSYNC(null, "noudevsync", null, "Accepted, as by dmsetup."),
    VERIFYUDEV(null, "verifyudev", null, "Accepted, as by dmsetup."),
    UDEVCOOKIE(null, "udevcookie", "N", "Accepted, as by dmsetup."),
    YES("y", "yes", null, "Answers all questions with yes; there are none."),
    VERSION(null, "version", null, "Shows which versions of dmsetup and the kernel this is like."),
    HELP("h", "help", null, "Shows the grammar and ends.");

    private final String letters;
    private final String word;
    private final String value;
    private final String description;

    /**
     * @param letters what it is called by behind one dash; null for none
     * @param value what its value is called; null if it takes none
     */
    Switch(String letters, String word, String value, String description) {
        this.letters = letters == null ? "" : letters;
        this.word = word;
        this.value = value;
        this.description = description;
    }

    /** The letters for one dash; empty if there are none. */
    public String letters() {
        return letters;
    }

    /** The word for two dashes. */
    public String word() {
        return word;
    }

    public boolean hasValue() {
        return value != null;
    }

    /** What its value is called in usage texts. */
    public String value() {
        return value;
    }

    public String description() {
        return description;
    }

    /** The one that a word with one or two dashes in front names, with or without a value behind it. */
    public static Optional<Switch> named(String word) {
        if (!word.startsWith("--")) {
            return word.length() == 2 ? Optional.ofNullable(of(word.charAt(1))) : Optional.empty();
        }
        int equals = word.indexOf('=');
        String name = word.substring(2, equals < 0 ? word.length() : equals);
        return Arrays.stream(values()).filter(known -> known.word.equals(name)).findFirst();
    }

    /** The one of a letter, or null. */
    static Switch of(char letter) {
        for (Switch known : values()) {
            if (known.letters.indexOf(letter) >= 0) {
                return known;
            }
        }
        return null;
    }

    /** Those whose word begins with {@code text}; the one alone that is it. */
    static List<Switch> startingWith(String text) {
        for (Switch known : values()) {
            if (known.word.equals(text)) {
                return List.of(known);
            }
        }
        return List.of(values()).stream()
                .filter(known -> known.word.startsWith(text))
                .toList();
    }
}
