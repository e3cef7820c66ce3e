package org.dmuser.cli.manual;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.dmuser.cli.TestCommandLine;
import org.dmuser.sdk.registry.Handlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class ManualPageTest {
    private static final String PAGE = ManCommand.page(TestCommandLine.all());
    private static final Pattern USAGE = Pattern.compile("Usage: (.*?)\\n(?=\\S)", Pattern.DOTALL);

    static Stream<String> commands() {
        return TestCommandLine.commands();
    }

    /** What a renderer makes of it, but for line breaks. */
    private static String rendered(String source) {
        return source.replaceAll("\\\\f[BIR]", "")
                .replace("\\&", "")
                .replace("\\-", "-")
                .replace("\\(aq", "'")
                .replace("\\(dq", "\"")
                .replace("\\(ga", "`")
                .replace("\\(ha", "^")
                .replace("\\(ti", "~")
                .replace("\\e", "\\");
    }

    private static String joined(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }

    private static String synopsis(String command) {
        Matcher synopsis = Pattern.compile("\\.SY \"" + command + "\"\\n(.*?)\\.YS", Pattern.DOTALL)
                .matcher(PAGE);
        assertTrue(synopsis.find(), command + " has no synopsis");
        return joined(command + " " + rendered(synopsis.group(1)));
    }

    /** A section or subsection. */
    private static String section(String macro, String name) {
        Matcher section = Pattern.compile(
                        "^\\.%s \"?%s\"?$(.*?)(?=^\\.S[HS] |\\z)".formatted(macro, Pattern.quote(Roff.escaped(name))),
                        Pattern.DOTALL | Pattern.MULTILINE)
                .matcher(PAGE);
        assertTrue(section.find(), "there is no section " + name);
        return rendered(section.group(1));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void shouldHaveTheSynopsisThatHelpPrints(String command) {
        CommandLine line = TestCommandLine.of(command);
        // Otherwise lines are broken within words.
        line.setUsageHelpAutoWidth(false);
        line.setUsageHelpWidth(10_000);
        String help = line.getUsageMessage();
        Matcher usage = USAGE.matcher(help);
        assertTrue(usage.find(), help);
        assertEquals(joined(usage.group(1)), synopsis(command));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void shouldDescribeEveryOptionThere(String command) {
        CommandLine line = TestCommandLine.of(command);
        String own = line.getParent() == null ? "" : section("SS", command);
        String text = joined(own + section("SH", "OPTIONS")).replaceAll(" \\.T[PQ] ", "\n");
        for (OptionSpec option : line.getCommandSpec().options()) {
            if (!option.hidden()) {
                String described =
                        String.join(", ", option.names()) + (option.arity().max() > 0 ? "=" + option.paramLabel() : "");
                String meaning = joined(String.join(" ", option.description()));
                // Between them may stand others that mean the same.
                Pattern entry = Pattern.compile(
                        "^" + Pattern.quote(described) + "(\n-[^ ]+(, --[^ ]+)?)* " + Pattern.quote(meaning),
                        Pattern.MULTILINE);
                assertTrue(entry.matcher(text).find(), described + " of " + command);
            }
        }
    }

    @Test
    void shouldNotTellOfHiddenCommandsAndOptions() {
        assertFalse(PAGE.contains("warm"), "warm-up");
        assertFalse(rendered(PAGE).contains("--report-ready"));
    }

    @Test
    void shouldTellOfEveryHandlerAndFilter() {
        String section = section("SH", "HANDLERS");
        try (Handlers handlers = Handlers.load("")) {
            handlers.handlers().forEach(handler -> assertTrue(section.contains("\n" + handler.name() + "\n")));
            handlers.filters().forEach(filter -> assertTrue(section.contains("\n" + filter.name() + "\n")));
        }
    }

    @Test
    void shouldHaveTheSectionsOfAManualPageInTheirOrder() {
        List<String> sections = new ArrayList<>();
        PAGE.lines().filter(line -> line.startsWith(".SH ")).forEach(line -> sections.add(line.substring(4)));
        assertEquals(
                List.of(
                        "NAME",
                        "SYNOPSIS",
                        "DESCRIPTION",
                        "OPTIONS",
                        "COMMANDS",
                        "HANDLERS",
                        "FILES",
                        "ENVIRONMENT",
                        "EXIT STATUS",
                        "EXAMPLES",
                        "SEE ALSO"),
                sections);
        assertFalse(PAGE.contains("@"), "something was not put in");
    }

    @Test
    void shouldEscapeWhatRenderersWouldChange() {
        assertEquals(
                "a \\(aqb\\-c\\(aq \\e\\(ti\n",
                new Roff().prose("a 'b-c'  \\~", List.of()).toString());
        assertEquals("\\&.x\n", new Roff().prose(" .x ", List.of()).toString());
        assertEquals(
                "see \\fB\\-\\-size\\fR=\\fISIZE\\fR, JSON\n",
                new Roff().prose("see --size=SIZE, JSON", List.of("SIZE")).toString());
        String line = "word ".repeat(40);
        assertTrue(new Roff().prose(line, List.of()).toString().lines().allMatch(part -> part.length() < 80));
    }
}
