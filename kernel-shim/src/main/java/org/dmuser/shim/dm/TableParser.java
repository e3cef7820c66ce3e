package org.dmuser.shim.dm;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dmuser.channel.Errno;

/**
 * Reads a table as dmsetup does: a line for each target, empty lines and those that begin with {@code #} skipped, and a
 * {@code #} in the arguments beginning a comment. What the lines mean is checked by {@link TableBuilder}.
 */
public final class TableParser {
    /** What {@code scanf("%llu %llu %s")} takes: numbers need nothing between them and what follows. */
    private static final Pattern LINE = Pattern.compile(
            "([+-]?+[0-9]++)[ \\t\\x0B\\f\\r]*+([+-]?+[0-9]++)[ \\t\\x0B\\f\\r]*+([^ \\t\\x0B\\f\\r]++)(.*)");

    private TableParser() {}

    /**
     * The lines of {@code text}, numbered from 1 as they stand there.
     *
     * @throws DmException EINVAL for a line that is none
     */
    public static List<TableLine> parse(String text) throws DmException {
        List<TableLine> lines = new ArrayList<>();
        int number = 0;
        for (String raw : text.split("\n", -1)) {
            number++;
            String line = raw.strip();
            if (!line.isEmpty() && line.charAt(0) != '#') {
                lines.add(parseLine(number, line));
            }
        }
        return lines;
    }

    private static TableLine parseLine(int number, String line) throws DmException {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw new DmException(
                    Errno.EINVAL,
                    "Invalid format on line " + number + " of table: \"" + line
                            + "\" is not \"<start> <length> <target type> [<arguments>]\", the numbers in decimal");
        }
        String arguments = matcher.group(4);
        int comment = arguments.indexOf('#');
        if (comment >= 0) {
            arguments = arguments.substring(0, comment);
        }
        return new TableLine(
                number, sectors(matcher.group(1)), sectors(matcher.group(2)), matcher.group(3), arguments.strip());
    }

    /** A number of any size: one that does not fit, or is negative, is as much too large as the largest that fits. */
    private static long sectors(String digits) {
        try {
            long number = Long.parseLong(digits);
            return number < 0 ? Long.MAX_VALUE : number;
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }
}
