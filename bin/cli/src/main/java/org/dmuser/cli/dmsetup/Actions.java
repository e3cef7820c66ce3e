package org.dmuser.cli.dmsetup;

import static org.dmuser.cli.dmsetup.Switch.ADDNODEONCREATE;
import static org.dmuser.cli.dmsetup.Switch.ADDNODEONRESUME;
import static org.dmuser.cli.dmsetup.Switch.CHECKS;
import static org.dmuser.cli.dmsetup.Switch.COLUMNS;
import static org.dmuser.cli.dmsetup.Switch.CONCISE;
import static org.dmuser.cli.dmsetup.Switch.DEFERRED;
import static org.dmuser.cli.dmsetup.Switch.EXEC;
import static org.dmuser.cli.dmsetup.Switch.FORCE;
import static org.dmuser.cli.dmsetup.Switch.GID;
import static org.dmuser.cli.dmsetup.Switch.INACTIVE;
import static org.dmuser.cli.dmsetup.Switch.JSON;
import static org.dmuser.cli.dmsetup.Switch.MAJOR;
import static org.dmuser.cli.dmsetup.Switch.MANGLENAME;
import static org.dmuser.cli.dmsetup.Switch.MINOR;
import static org.dmuser.cli.dmsetup.Switch.MODE;
import static org.dmuser.cli.dmsetup.Switch.NAMEPREFIXES;
import static org.dmuser.cli.dmsetup.Switch.NOFLUSH;
import static org.dmuser.cli.dmsetup.Switch.NOHEADINGS;
import static org.dmuser.cli.dmsetup.Switch.NOLOCKFS;
import static org.dmuser.cli.dmsetup.Switch.NOOPENCOUNT;
import static org.dmuser.cli.dmsetup.Switch.NOTABLE;
import static org.dmuser.cli.dmsetup.Switch.NOUDEVRULES;
import static org.dmuser.cli.dmsetup.Switch.NOUDEVSYNC;
import static org.dmuser.cli.dmsetup.Switch.OPTIONS;
import static org.dmuser.cli.dmsetup.Switch.READAHEAD;
import static org.dmuser.cli.dmsetup.Switch.READONLY;
import static org.dmuser.cli.dmsetup.Switch.RETRY;
import static org.dmuser.cli.dmsetup.Switch.ROWS;
import static org.dmuser.cli.dmsetup.Switch.SELECT;
import static org.dmuser.cli.dmsetup.Switch.SEPARATOR;
import static org.dmuser.cli.dmsetup.Switch.SETUUID;
import static org.dmuser.cli.dmsetup.Switch.SHOWKEYS;
import static org.dmuser.cli.dmsetup.Switch.SORT;
import static org.dmuser.cli.dmsetup.Switch.TABLE;
import static org.dmuser.cli.dmsetup.Switch.TARGET;
import static org.dmuser.cli.dmsetup.Switch.TREE;
import static org.dmuser.cli.dmsetup.Switch.UDEVCOOKIE;
import static org.dmuser.cli.dmsetup.Switch.UID;
import static org.dmuser.cli.dmsetup.Switch.UNBUFFERED;
import static org.dmuser.cli.dmsetup.Switch.UNQUOTED;
import static org.dmuser.cli.dmsetup.Switch.UUID;
import static org.dmuser.cli.dmsetup.Switch.VERBOSE;
import static org.dmuser.cli.dmsetup.Switch.VERIFYUDEV;
import static org.dmuser.cli.dmsetup.Switch.YES;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The commands there are, in the order in which help lists them. */
public final class Actions {
    private static final int ANY = -1;
    private static final List<Switch> BY_OPTION = List.of(UUID, MAJOR, MINOR, MANGLENAME, VERBOSE);
    private static final List<Switch> CHOSEN = List.of(SELECT, UUID, MAJOR, MINOR, MANGLENAME, VERBOSE);
    private static final List<Switch> UDEV = List.of(NOUDEVRULES, NOUDEVSYNC, VERIFYUDEV, UDEVCOOKIE, CHECKS, YES);
    private static final List<Switch> NODE = List.of(READAHEAD, ADDNODEONCREATE, ADDNODEONRESUME, UID, GID, MODE);
    private static final List<Switch> COLUMNAR =
            List.of(OPTIONS, SELECT, SORT, NOHEADINGS, SEPARATOR, NAMEPREFIXES, UNQUOTED, ROWS, UNBUFFERED);

    private static final String DEVICES = "[DEVICE...]";

    /** All of them. */
    public static final List<Action> ALL = List.of(
            once(
                    "create",
                    0,
                    2,
                    "NAME [FILE] | --concise [TABLE]",
                    "Makes a device with a table, and its file.",
                    Creation::run,
                    List.of(NOTABLE, TABLE, CONCISE, UUID, MAJOR, MINOR, READONLY, MANGLENAME),
                    NODE,
                    UDEV),
            new Action(
                    List.of("load", "reload"),
                    0,
                    2,
                    false,
                    "DEVICE [FILE]",
                    "Loads a table into the inactive slot of a device; the next resume makes it the live one.",
                    with(List.of(TABLE, READONLY), BY_OPTION, UDEV),
                    Changes::load),
            each(
                    "clear",
                    DEVICES,
                    "Drops the inactive table of devices, if they have one.",
                    Changes::clear,
                    CHOSEN,
                    UDEV),
            each(
                    "suspend",
                    DEVICES,
                    "Holds back what is asked of devices from now on, and waits until what is under way has ended.",
                    Changes::suspend,
                    List.of(NOFLUSH, NOLOCKFS),
                    CHOSEN,
                    UDEV),
            each(
                    "resume",
                    DEVICES,
                    "Makes the inactive table of devices live, if they have one, and lets go on what was held back.",
                    Changes::resume,
                    List.of(NOFLUSH, NOLOCKFS),
                    CHOSEN,
                    NODE,
                    UDEV),
            each(
                    "remove",
                    DEVICES,
                    "Removes devices and their files; their daemons end. Refused while one is in use.",
                    Changes::remove,
                    List.of(FORCE, RETRY, DEFERRED),
                    CHOSEN,
                    UDEV),
            once(
                    "remove_all",
                    0,
                    0,
                    "",
                    "Removes all devices that are not in use.",
                    Changes::removeAll,
                    List.of(FORCE, DEFERRED),
                    UDEV),
            each(
                    "wipe_table",
                    DEVICES,
                    "Gives devices a live table of the same size where everything fails.",
                    Changes::wipeTable,
                    List.of(FORCE, NOFLUSH, NOLOCKFS, READONLY),
                    CHOSEN,
                    UDEV),
            once(
                    "rename",
                    0,
                    2,
                    "DEVICE NAME | --setuuid DEVICE UUID",
                    "Gives a device another name, or a uuid.",
                    Changes::rename,
                    List.of(SETUUID),
                    BY_OPTION,
                    UDEV),
            once(
                    "message",
                    2,
                    ANY,
                    "DEVICE SECTOR WORD...",
                    "Says something to the target at a sector of a device.",
                    Changes::message,
                    BY_OPTION),
            once(
                    "wait",
                    0,
                    2,
                    "DEVICE [NUMBER]",
                    "Waits until the number of a device's last event is another one.",
                    Changes::awaitEvent,
                    List.of(NOFLUSH),
                    BY_OPTION),
            once(
                    "ls",
                    0,
                    0,
                    "",
                    "Lists the devices with their numbers.",
                    Queries::ls,
                    List.of(TARGET, EXEC, TREE, OPTIONS, INACTIVE, JSON)),
            once(
                    "info",
                    0,
                    ANY,
                    DEVICES,
                    "Shows devices: their state, which tables they have, how often they are open.",
                    Queries::info,
                    List.of(COLUMNS),
                    COLUMNAR,
                    List.of(INACTIVE, NOOPENCOUNT, JSON),
                    BY_OPTION),
            once(
                    "status",
                    0,
                    ANY,
                    DEVICES,
                    "Shows the state of each target of devices.",
                    Queries::status,
                    List.of(TARGET, INACTIVE, NOFLUSH, JSON),
                    CHOSEN),
            once(
                    "table",
                    0,
                    ANY,
                    DEVICES,
                    "Shows the tables of devices, as they could be loaded again.",
                    Queries::table,
                    List.of(TARGET, INACTIVE, CONCISE, SHOWKEYS, JSON),
                    CHOSEN),
            once(
                    "deps",
                    0,
                    ANY,
                    DEVICES,
                    "Shows what devices are mapped to.",
                    Queries::deps,
                    List.of(OPTIONS, INACTIVE, JSON, SELECT),
                    BY_OPTION),
            once("targets", 0, 0, "", "Lists the types of targets.", Queries::targets, List.of(JSON)),
            once(
                    "target-version",
                    1,
                    ANY,
                    "TYPE...",
                    "Shows the version of types of targets.",
                    Queries::targetVersion,
                    List.of(JSON)),
            once("version", 0, 0, "", "Shows which versions of dmsetup and the kernel this is like.", Others::version),
            each(
                    "mknodes",
                    DEVICES,
                    "Does nothing: the service keeps the files of its devices.",
                    Others::nothing,
                    UDEV),
            once("mangle", 0, ANY, DEVICES, "Shows names; they need no mangling.", Others::mangle, List.of(MANGLENAME)),
            once(
                    "setgeometry",
                    5,
                    5,
                    "DEVICE CYLINDERS HEADS SECTORS START",
                    "Checks a geometry; a file has none.",
                    Changes::setGeometry),
            once(
                    "splitname",
                    1,
                    2,
                    "NAME [SUBSYSTEM]",
                    "Takes a name of LVM apart.",
                    InfoReport::printSplit,
                    List.of(COLUMNS),
                    COLUMNAR,
                    List.of(JSON)),
            once("udevcreatecookie", 0, 0, "", "Does nothing: there is no udev to wait for.", Others::nothing, UDEV),
            once("udevreleasecookie", 0, 1, "[COOKIE]", "Refuses any cookie.", Others::cookie, UDEV),
            once("udevflags", 1, 1, "COOKIE", "Refuses any cookie.", Others::cookie, UDEV),
            once("udevcomplete", 1, 1, "COOKIE", "Refuses any cookie.", Others::cookie, UDEV),
            once("udevcomplete_all", 0, 1, "[MINUTES]", "Says that there are no cookies.", Others::completeAll, UDEV),
            once("udevcookies", 0, 0, "", "Lists no cookies.", Others::cookies, UDEV),
            once(
                    "help",
                    0,
                    0,
                    "",
                    "Shows the grammar; with -c also the fields of info -c.",
                    Others::help,
                    List.of(COLUMNS)));

    private Actions() {}

    /** The one of that name. */
    public static Optional<Action> find(String name) {
        return ALL.stream().filter(action -> action.names().contains(name)).findFirst();
    }

    @SafeVarargs
    private static Action once(
            String name,
            int wordsMin,
            int wordsMax,
            String grammar,
            String description,
            Action.Body body,
            List<Switch>... switches) {
        return new Action(List.of(name), wordsMin, wordsMax, false, grammar, description, with(switches), body);
    }

    @SafeVarargs
    private static Action each(
            String name, String grammar, String description, Action.Body body, List<Switch>... switches) {
        return new Action(List.of(name), 0, ANY, true, grammar, description, with(switches), body);
    }

    @SafeVarargs
    private static List<Switch> with(List<Switch>... switches) {
        List<Switch> all = new ArrayList<>();
        for (List<Switch> some : switches) {
            all.addAll(some);
        }
        return List.copyOf(all);
    }
}
