package org.dmuser.cli.dmsetup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dmuser.cli.base.JsonObject;
import org.dmuser.shim.dm.DeviceInfo;
import org.dmuser.shim.dm.DeviceName;
import org.dmuser.shim.service.DeviceWords;

/** {@code ls --tree}: what is mapped to what, drawn as pstree draws processes. */
final class DeviceTree {
    private static final Set<String> OPTIONS = Set.of(
            "ascii",
            "utf",
            "vt100",
            "compact",
            "inverted",
            "notrunc",
            "blkdevname",
            "device",
            "nodevice",
            "active",
            "open",
            "rw",
            "uuid");

    /** One device, and what is drawn below it. */
    private static final class Node {
        private final String number;
        private final Optional<DeviceInfo> device;
        private final List<Node> used = new ArrayList<>();
        private final List<Node> usedBy = new ArrayList<>();

        Node(String number, Optional<DeviceInfo> device) {
            this.number = number;
            this.device = device;
        }
    }

    /** The pieces lines are drawn with: behind a parent, a child with others below it, and the last one. */
    private record Symbols(String down, String fork, String last, String before, String after) {
        static Symbols of(List<String> options) {
            if (options.contains("vt100")) {
                return new Symbols("x", "tq", "mq", "\u001b(0\u000f", "\u001b(B");
            }
            boolean utf = options.contains("utf") || !options.contains("ascii") && Locales.isUtf8();
            return utf ? new Symbols("│", "├─", "└─", "", "") : new Symbols("|", "|-", "`-", "", "");
        }
    }

    private final Session session;
    private final List<String> options;
    private final Symbols symbols;
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final StringBuilder text = new StringBuilder();

    private DeviceTree(Session session) {
        this.session = session;
        String wanted = session.arguments().value(Switch.OPTIONS, "");
        this.options = wanted.isEmpty() ? List.of() : List.of(wanted.split(","));
        for (String option : options) {
            if (!OPTIONS.contains(option)) {
                throw CommandFailed.usage("Tree options not recognised: " + option + ".");
            }
        }
        this.symbols = Symbols.of(options);
    }

    static void print(Session session) throws IOException {
        DeviceTree tree = new DeviceTree(session);
        tree.build();
        boolean inverted = tree.options.contains("inverted");
        List<Node> roots = tree.roots(inverted);
        if (session.has(Switch.JSON)) {
            session.print(JsonObject.array(roots.stream()
                            .map(node -> tree.json(node, inverted))
                            .toList())
                    + "\n");
        } else if (tree.nodes.isEmpty()) {
            session.print("No devices found\n");
        } else {
            roots.forEach(node -> tree.draw(node, "", inverted));
            session.print(tree.text.toString());
        }
    }

    private List<Node> roots(boolean inverted) {
        return shown(nodes.values()).stream()
                .filter(node -> (inverted ? node.used : node.usedBy).isEmpty())
                .toList();
    }

    /** Without those that are not ours, if nobody wants to see them. */
    private List<Node> shown(Collection<Node> all) {
        return all.stream()
                .filter(node -> node.device.isPresent() || !options.contains("nodevice"))
                .toList();
    }

    /** What is drawn below it is in "below". */
    private JsonObject json(Node node, boolean inverted) {
        JsonObject object = new JsonObject();
        node.device.ifPresent(device -> object.put("name", session.plainName(device)));
        return object.put("number", node.number)
                .put(
                        "below",
                        shown(inverted ? node.usedBy : node.used).stream()
                                .map(below -> json(below, inverted))
                                .toList());
    }

    private void build() throws IOException {
        List<DeviceInfo> devices = session.kernel().devices();
        for (DeviceInfo device : devices) {
            Node node = node(DeviceWords.number(device), devices);
            List<String> used = session.kernel().dependencies(new DeviceName.Named(device.name()), session.slot());
            for (String number : used) {
                Node below = node(number, devices);
                node.used.add(below);
                below.usedBy.add(node);
            }
        }
    }

    private Node node(String number, List<DeviceInfo> devices) {
        return nodes.computeIfAbsent(number, key -> new Node(key, DeviceNaming.find(key, devices)));
    }

    private void draw(Node node, String indent, boolean inverted) {
        String label = label(node);
        text.append(label);
        boolean compact = options.contains("compact");
        List<Node> below = shown(inverted ? node.usedBy : node.used);
        if (below.isEmpty()) {
            text.append('\n');
            return;
        }
        String indentBelow = compact ? indent + " ".repeat(label.length()) : indent;
        for (int i = 0; i < below.size(); i++) {
            boolean last = i == below.size() - 1;
            if (compact) {
                text.append(i == 0 ? first(below.size() == 1) : indentBelow + " " + (last ? "`-" : "|-"));
            } else {
                text.append(i == 0 ? "\n" : "").append(indent).append(' ');
                text.append(symbols.before)
                        .append(last ? symbols.last : symbols.fork)
                        .append(symbols.after);
            }
            String bar = last ? " " : symbols.before + symbols.down + symbols.after;
            draw(below.get(i), indentBelow + " " + bar + " ", inverted);
        }
    }

    private static String first(boolean only) {
        return only ? "---" : "-+-";
    }

    private String label(Node node) {
        StringBuilder label = new StringBuilder();
        node.device.ifPresent(device -> label.append(session.plainName(device)));
        if (options.contains("blkdevname")) {
            boolean named = node.device.isEmpty() || node.device.get().live();
            if (named) {
                label.append(" <")
                        .append(node.device.map(DeviceNaming::kernelName).orElse(DeviceNaming.kernelName(node.number)))
                        .append('>');
            }
        }
        if (!options.contains("nodevice")) {
            label.append(" (").append(node.number).append(')');
        }
        node.device.ifPresent(device -> appendState(label, device));
        return label.toString();
    }

    private void appendState(StringBuilder label, DeviceInfo device) {
        List<String> states = new ArrayList<>();
        if (options.contains("active")) {
            states.add(device.suspended() ? "SUSPENDED" : "ACTIVE");
        }
        if (options.contains("rw")) {
            states.add(device.readOnly() ? "RO" : "RW");
        }
        if (options.contains("open")) {
            states.add(String.valueOf(device.openCount()));
        }
        if (options.contains("uuid")) {
            states.add(session.mangling().plain(device.uuid()));
        }
        if (!states.isEmpty()) {
            label.append(" [").append(String.join(", ", states)).append(']');
        }
    }
}
