package org.dmuser.bench.jmh;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** A page of what each layer costs, and of what it may cost. */
final class CostReport {
    private static final String DIRECT = "DirectRoundTrip.message";
    private static final String MEMORY = "MemoryRoundTrip.flush, handler PROCESS";
    private static final String LAYERS = "LinearLayer.write, layers ";
    private static final String LOOKUP = "TableLookup.write, targets ";
    private static final int LAYERS_MAX = 3;

    private final List<Cost> costs;

    CostReport(List<Cost> costs) {
        this.costs = costs;
    }

    /** @param conditions one line */
    String page(String conditions) {
        StringBuilder text = new StringBuilder("""
                # What each layer costs

                Caveats first: made by a program, `bin/bench jmh`; nanoseconds on one machine, in a loop that does
                nothing else, so that everything is in the caches. The difference between two lines says more than
                either.

                """);
        text.append(conditions).append("\n\n| one operation | ns | ± | bytes allocated |\n| --- | --- | --- | --- |\n");
        for (Cost cost : costs) {
            text.append("| %s | %s | %s | %s |%n"
                    .formatted(cost.name(), number("%.0f", cost.ns()), number("%.0f", cost.errorNs()), bytes(cost)));
        }
        return text.append("\n## Goal and reached\n\n").append(goals()).toString();
    }

    private String goals() {
        StringBuilder text = new StringBuilder("| what | goal | reached | verdict |\n| --- | --- | --- | --- |\n");
        goal(text, "direct round trip without FUSE, ns", 300, ns(DIRECT));
        goal(text, "memory-channel round trip between two processes while both spin, ns", 2500, ns(MEMORY));
        goal(text, "one more linear layer, ns", 200, layer());
        goal(text, "one of 131072 lines of a table found, more than one of one, ns", 1000, lookup());
        goal(text, "a table of 100,000 lines loaded, ns", 2e9, ns("TableLoad.load"));
        goal(text, "suspend and resume under load, the longest, ns", 50e6, ns("SuspendUnderLoad.suspendAndResume"));
        goal(text, "bytes allocated for a bio in 8 pieces", 0.5, bytesOf("SplitBio.write, pieces 8"));
        goal(text, "bytes allocated for a message, most of both channels", 0.5, allocated());
        return text.toString();
    }

    private static void goal(StringBuilder text, String what, double below, OptionalDouble reached) {
        if (reached.isPresent()) {
            text.append("| %s | under %s | %s | %s |%n"
                    .formatted(
                            what,
                            number("%.1f", below),
                            number("%.1f", reached.getAsDouble()),
                            reached.getAsDouble() < below ? "yes" : "**no**"));
        }
    }

    private OptionalDouble ns(String name) {
        return costs.stream()
                .filter(cost -> cost.name().equals(name))
                .mapToDouble(Cost::ns)
                .findFirst();
    }

    /** The mean of those there are. */
    private OptionalDouble layer() {
        OptionalDouble without = ns(LAYERS + 0);
        OptionalDouble with = ns(LAYERS + LAYERS_MAX);
        return without.isEmpty() || with.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of((with.getAsDouble() - without.getAsDouble()) / LAYERS_MAX);
    }

    private OptionalDouble lookup() {
        OptionalDouble one = ns(LOOKUP + 1);
        OptionalDouble many = ns(LOOKUP + 131_072);
        return one.isEmpty() || many.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(many.getAsDouble() - one.getAsDouble());
    }

    private OptionalDouble bytesOf(String name) {
        return costs.stream()
                .filter(cost -> cost.name().equals(name))
                .mapToDouble(Cost::bytes)
                .filter(bytes -> !Double.isNaN(bytes))
                .findFirst();
    }

    private OptionalDouble allocated() {
        return costs.stream()
                .filter(cost -> cost.benchmark().contains("RoundTrip"))
                .mapToDouble(Cost::bytes)
                .filter(bytes -> !Double.isNaN(bytes))
                .max();
    }

    private static String bytes(Cost cost) {
        return number("%.1f", cost.bytes());
    }

    private static String number(String format, double value) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, format, value);
    }
}
