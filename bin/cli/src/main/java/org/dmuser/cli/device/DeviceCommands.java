package org.dmuser.cli.device;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dmuser.cli.base.Subcommand;
import org.dmuser.cli.dmsetup.Action;
import org.dmuser.cli.dmsetup.Actions;
import org.dmuser.cli.dmsetup.Switch;

/** Those of dmsetup's commands that are dmuser's, too. */
public final class DeviceCommands {
    private static final List<String> NAMES = List.of(
            "create",
            "load",
            "clear",
            "suspend",
            "resume",
            "remove",
            "remove_all",
            "wipe_table",
            "rename",
            "message",
            "wait",
            "ls",
            "info",
            "status",
            "table",
            "deps",
            "targets",
            "target-version",
            "mknodes",
            "setgeometry",
            "splitname");

    private static final Map<String, String[]> FOOTERS = Map.of(
            "create",
            new String[] {
                "",
                "Without --table and FILE, the table is read from standard input.",
                "A device whose sectors come from a daemon, and one in front of it that shows its second half:",
                "  dmuser create disk --table '0 2097152 user 0 2097152 disk'",
                "  echo '0 1048576 linear /run/dmuser/mapper/disk 1048576' | dmuser create half",
                "What is done about daemons that are absent, dead or slow, if anything, stands",
                "behind the control name: how many words follow, then any of",
                "no_daemon_timeout_ms N, on_crash error|reissue, request_timeout_ms N:",
                "  dmuser create disk \\",
                "    --table '0 8192 user 0 8192 disk 2 request_timeout_ms 5000'"
            },
            "load",
            new String[] {"", "  dmuser load disk --table '0 2097152 zero' && dmuser resume disk"},
            "suspend",
            new String[] {"", "Ctrl-C gives up waiting, and leaves the device as it was."},
            "remove",
            new String[] {
                "",
                "Even by force, a device stays while somebody has it open, who gets errors from now on:",
                "with --deferred it goes when the last of them closes it, and --retry waits for that."
            },
            "info",
            new String[] {"", "  dmuser info -c -o name,open --noheadings", "  dmuser info --json disk"});

    private DeviceCommands() {}

    /** In the order in which help lists them. */
    public static List<Subcommand> all() {
        List<Subcommand> all = new ArrayList<>();
        for (String name : NAMES) {
            Action action = Actions.find(name).orElseThrow();
            String[] footer = FOOTERS.getOrDefault(name, new String[0]);
            all.add(new Subcommand(() -> new DeviceCommand(action, footer), action.names()));
        }
        return all;
    }

    /**
     * The same words with the command in front, where it is one of these and options of its own stand before it, as
     * dmsetup allows: {@code -c info}.
     */
    public static List<String> commandFirst(List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (!word.startsWith("-")) {
                return i > 0 && isOurs(word) ? moved(words, i) : words;
            }
            Optional<Switch> option = Switch.named(word);
            if (option.isEmpty()) {
                return words;
            }
            if (option.get().hasValue() && word.indexOf('=') < 0) {
                i++;
            }
        }
        return words;
    }

    private static boolean isOurs(String word) {
        return Actions.find(word)
                .filter(action -> NAMES.contains(action.name()))
                .isPresent();
    }

    private static List<String> moved(List<String> words, int index) {
        List<String> moved = new ArrayList<>(words);
        moved.add(0, moved.remove(index));
        return moved;
    }
}
