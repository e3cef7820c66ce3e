package org.dmuser.cli.manual;

import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text in the macros of man(7), as the renderers want it: everything escaped, and in short lines. */
final class Roff {
    /** An option, or a word in capitals, which may be what the value of one is called. */
    private static final Pattern NAME = Pattern.compile("(?<![\\w-])-{1,2}[A-Za-z][\\w-]*|\\b[A-Z][A-Z0-9=]*\\b");

    /** Columns of source text that a line may have. */
    private static final int WIDTH = 78;

    private final StringBuilder text = new StringBuilder();

    /** A line of its own: a macro with arguments that are escaped already. */
    Roff line(String line) {
        text.append(line).append('\n');
        return this;
    }

    /** Prose, with options in bold and the words of {@code labels} in italics. */
    Roff prose(String plain, Collection<String> labels) {
        if (plain.isBlank()) {
            return this;
        }
        StringBuilder line = new StringBuilder();
        for (String word : plain.strip().split("\\s+")) {
            String marked = marked(word, labels);
            if (line.length() > 0 && line.length() + 1 + marked.length() > WIDTH) {
                line(guarded(line.toString()));
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(marked);
        }
        return line(guarded(line.toString()));
    }

    /** Lines to be shown as they are. */
    Roff example(List<String> lines) {
        line(".PP").line(".RS 4").line(".EX");
        lines.forEach(plain -> line(guarded(escaped(plain))));
        return line(".EE").line(".RE");
    }

    static String bold(String plain) {
        return "\\fB" + escaped(plain) + "\\fR";
    }

    static String italic(String plain) {
        return "\\fI" + escaped(plain) + "\\fR";
    }

    static String marked(String plain, Collection<String> labels) {
        StringBuilder marked = new StringBuilder();
        Matcher name = NAME.matcher(plain);
        int from = 0;
        while (name.find()) {
            marked.append(escaped(plain.substring(from, name.start())));
            if (name.group().startsWith("-")) {
                marked.append(bold(name.group()));
            } else {
                marked.append(labels.contains(name.group()) ? italic(name.group()) : escaped(name.group()));
            }
            from = name.end();
        }
        return marked.append(escaped(plain.substring(from))).toString();
    }

    /** So that what is to be typed can be copied from the page: no dash or quote that is none. */
    static String escaped(String plain) {
        return plain.replace("\\", "\\e")
                .replace("-", "\\-")
                .replace("'", "\\(aq")
                .replace("`", "\\(ga")
                .replace("^", "\\(ha")
                .replace("~", "\\(ti")
                .replace("\"", "\\(dq");
    }

    /** A line that begins with a dot would be a macro. */
    private static String guarded(String line) {
        return line.startsWith(".") ? "\\&" + line : line;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
