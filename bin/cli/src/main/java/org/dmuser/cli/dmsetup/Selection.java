package org.dmuser.cli.dmsetup;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What {@code --select} says: which rows are shown, or which devices something is done to.
 *
 * <pre>
 *   any  =  all, and any number of times  "||" or "#"  all
 *   all  =  one, and any number of times  "&amp;&amp;" or ","  one
 *   one  =  "(" any ")"  or  "!" "(" any ")"  or  field operator value
 * </pre>
 *
 * <p>All fields have the operators = and !=; numbers have &gt; &gt;= &lt; &lt;= as well, and others =~ and !~ for a
 * regular expression, which need not match all of them. A value ends at a blank or at the next sign of this grammar,
 * unless it is in quotes, or a regular expression in brackets of any kind.
 */
final class Selection {
    private static final Pattern FIELD = Pattern.compile("[A-Za-z0-9_-]+");
    private static final Pattern OPERATOR = Pattern.compile("=~|!~|=|!=|>=|>|<=|<");
    private static final Pattern NUMBER = Pattern.compile("(\\d+)(?:\\.\\d*)?|\\.\\d+");
    private static final Pattern BARE = Pattern.compile("(?:(?!&&|,|\\|\\||#|\\)|\\s).)*");

    /** Far more than anybody writes, and far less than the stack has room for. */
    private static final int DEPTH_MAX = 200;

    private static final String UNITS = "bskmgtpeBSKMGTPE";
    private static final String QUOTES = "\"'";
    private static final String BRACKETS = "({[";
    private static final String BRACKETS_END = ")}]";

    /** Not special to dmsetup. */
    private static final Pattern BRACES = Pattern.compile("[{}]");

    private final String text;
    private final ReportData data;
    private final Voice voice;
    private int at;

    /** How many parentheses are open. */
    private int depth;

    /** Where the comparison begins that is being read. */
    private int comparison;

    private Selection(String text, ReportData data, Voice voice) {
        this.text = text;
        this.data = data;
        this.voice = voice;
    }

    /** Whether a row is meant, whose cells come from {@code data}. @throws CommandFailed for what is no selection */
    static Predicate<ReportRow> parse(String text, ReportData data, Voice voice) {
        if (text.isEmpty()) {
            return row -> true;
        }
        Selection selection = new Selection(text, data, voice);
        Predicate<ReportRow> meant = selection.any();
        selection.skipBlanks();
        if (selection.at < text.length()) {
            selection.comparison = selection.at;
            throw selection.failed("Expecting logical operator");
        }
        return meant;
    }

    private Predicate<ReportRow> any() {
        List<Predicate<ReportRow>> parts = new ArrayList<>(List.of(all()));
        while (take("||") || take("#")) {
            parts.add(all());
        }
        return row -> parts.stream().anyMatch(part -> part.test(row));
    }

    private Predicate<ReportRow> all() {
        List<Predicate<ReportRow>> parts = new ArrayList<>(List.of(one()));
        while (take("&&") || take(",")) {
            parts.add(one());
        }
        return row -> parts.stream().allMatch(part -> part.test(row));
    }

    private Predicate<ReportRow> one() {
        boolean negated = take("!");
        if (!take("(")) {
            if (negated) {
                throw refused("Syntax error: left parenthesis expected at '" + rest() + "'");
            }
            return comparison();
        }
        if (++depth > DEPTH_MAX) {
            throw refused("Syntax error: more than " + DEPTH_MAX + " parentheses in each other");
        }
        Predicate<ReportRow> inner = any();
        depth--;
        if (!take(")")) {
            throw refused("Syntax error: right parenthesis expected at '" + rest() + "'");
        }
        return negated ? inner.negate() : inner;
    }

    private Predicate<ReportRow> comparison() {
        skipBlanks();
        comparison = at;
        String name = next(FIELD).orElseThrow(() -> failed("Expecting field name"));
        List<ReportField> named = ReportField.named(name);
        if (named.size() != 1 || named.get(0) == ReportField.SELECTED) {
            throw failed("Unrecognised selection field: " + name);
        }
        skipBlanks();
        String operator = next(OPERATOR).orElseThrow(() -> failed("Unrecognised comparison operator: " + rest()));
        skipBlanks();
        ReportField field = named.get(0);
        Predicate<ReportRow> holds;
        if (operator.endsWith("~")) {
            holds = matching(field);
        } else {
            holds = field.isNumber() ? comparing(field, operator) : equal(field, operator);
        }
        return operator.startsWith("!") ? holds.negate() : holds;
    }

    private Predicate<ReportRow> equal(ReportField field, String operator) {
        if (!operator.endsWith("=") || operator.length() > 1 && !operator.startsWith("!")) {
            throw failed("Operator can be used only with numbers: " + operator + " with " + field.id());
        }
        String value = value("string", field, false);
        return row -> field.cell(data, row).equals(value);
    }

    private Predicate<ReportRow> comparing(ReportField field, String operator) {
        long value = number(field);
        LongPredicate holds = switch (operator) {
            case ">" -> cell -> Long.compareUnsigned(cell, value) > 0;
            case ">=" -> cell -> Long.compareUnsigned(cell, value) >= 0;
            case "<" -> cell -> Long.compareUnsigned(cell, value) < 0;
            case "<=" -> cell -> Long.compareUnsigned(cell, value) <= 0;
            default -> cell -> cell == value;
        };
        return row -> holds.test(Long.parseLong(field.cell(data, row)));
    }

    private long number(ReportField field) {
        String number = next(NUMBER)
                .orElseThrow(() -> failed("Failed to parse numeric value for selection field " + field.id() + "."));
        char behind = at < text.length() ? text.charAt(at) : ' ';
        if (behind == '%') {
            throw failed("Found percent value but numeric value expected for selection field " + field.id() + ".");
        }
        if (UNITS.indexOf(behind) >= 0) {
            throw failed(
                    "Found size unit specifier but numeric value expected for selection field " + field.id() + ".");
        }
        try {
            // What is behind the point does not count.
            return Long.parseUnsignedLong("0" + number.replaceFirst("\\..*", ""));
        } catch (NumberFormatException e) {
            throw refused("Field selection value " + number + " out of supported range for field " + field.id() + ".");
        }
    }

    private Predicate<ReportRow> matching(ReportField field) {
        String value = value("regex", field, true);
        if (field.isNumber()) {
            throw refused("dm_report: incompatible comparison type for selection field " + field.id());
        }
        try {
            Pattern pattern = Pattern.compile(BRACES.matcher(value).replaceAll("\\\\$0"));
            return row -> pattern.matcher(field.cell(data, row)).find();
        } catch (PatternSyntaxException e) {
            throw refused("dm_report: failed to create regex matcher for selection field " + field.id());
        }
    }

    /** @param kind what it is called in errors */
    private String value(String kind, ReportField field, boolean bracketed) {
        char first = at < text.length() ? text.charAt(at) : ' ';
        int bracket = bracketed ? BRACKETS.indexOf(first) : -1;
        if (bracket < 0 && QUOTES.indexOf(first) < 0) {
            return next(BARE).orElseThrow();
        }
        int end = text.indexOf(bracket < 0 ? first : BRACKETS_END.charAt(bracket), at + 1);
        if (end < 0) {
            throw failed(
                    "Missing end quote.", "Failed to parse " + kind + " value for selection field " + field.id() + ".");
        }
        String value = text.substring(at + 1, end);
        at = end + 1;
        return value;
    }

    private Optional<String> next(Pattern pattern) {
        Matcher matcher = pattern.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            return Optional.empty();
        }
        at = matcher.end();
        return Optional.of(matcher.group());
    }

    private boolean take(String sign) {
        skipBlanks();
        boolean found = text.startsWith(sign, at);
        at += found ? sign.length() : 0;
        return found;
    }

    private void skipBlanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private String rest() {
        skipBlanks();
        return text.substring(at);
    }

    /** What is wrong, and where what is being read begins. */
    private CommandFailed failed(String... problems) {
        String where = text.substring(comparison);
        if (voice == Voice.DMUSER) {
            return refused(String.join(" ", problems) + " (at '" + where
                    + "'); 'dmuser info -c -S help' says what can be written");
        }
        List<String> lines = new ArrayList<>(List.of(problems));
        lines.add("Selection syntax error at '" + where + "'.");
        lines.add("Use 'help' for selection to get more help.");
        return refused(lines.toArray(String[]::new));
    }

    private CommandFailed refused(String... lines) {
        return voice == Voice.DMSETUP
                ? CommandFailed.finished(lines)
                : CommandFailed.usage("--select: " + String.join(" ", lines));
    }
}
