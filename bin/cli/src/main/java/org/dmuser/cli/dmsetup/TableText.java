package org.dmuser.cli.dmsetup;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.dmuser.shim.dm.DmException;
import org.dmuser.shim.dm.TableLine;
import org.dmuser.shim.dm.TableParser;

/** A table as somebody has written it: in an option, in a file, or on standard input. */
final class TableText {
    private static final int TYPE_BYTES_MAX = 15;

    private TableText() {}

    /**
     * The lines of a table.
     *
     * @param file a file's name, or null
     * @throws CommandFailed if it cannot be read, or a line is none
     */
    static List<TableLine> read(Session session, String file) throws IOException {
        if (session.has(Switch.TABLE)) {
            return parse(session, session.arguments().value(Switch.TABLE), "");
        }
        if (file == null) {
            return parse(session, new String(System.in.readAllBytes(), StandardCharsets.UTF_8), "on stdin");
        }
        try {
            return parse(session, new String(Files.readAllBytes(Path.of(file)), StandardCharsets.UTF_8), file);
        } catch (IOException | InvalidPathException e) {
            throw CommandFailed.with("Couldn't open '" + file + "' for reading.");
        }
    }

    static List<TableLine> parse(Session session, String text, String where) throws IOException {
        try {
            List<TableLine> lines = TableParser.parse(text);
            checkTypes(lines);
            if (session.voice() == Voice.DMUSER) {
                checkNumbers(lines, text.split("\n", -1));
            }
            return lines;
        } catch (DmException e) {
            if (session.voice() == Voice.DMUSER) {
                throw CommandFailed.with(e.getMessage());
            }
            throw CommandFailed.with("Invalid format on line " + badLine(text) + " of table " + where + ".");
        }
    }

    /** The parser, as the kernel, takes any number; dmsetup passes them on. */
    private static void checkNumbers(List<TableLine> lines, String[] written) {
        for (TableLine line : lines) {
            if (line.start() == Long.MAX_VALUE || line.length() == Long.MAX_VALUE) {
                throw CommandFailed.with("line " + line.number() + " of table: \"" + written[line.number() - 1].strip()
                        + "\": where it starts and how long it is are numbers of sectors, from 0 to less than 2^54");
            }
        }
    }

    private static void checkTypes(List<TableLine> lines) {
        for (TableLine line : lines) {
            if (line.type().getBytes(StandardCharsets.UTF_8).length > TYPE_BYTES_MAX) {
                throw CommandFailed.with("Target type name " + line.type() + " is too long.");
            }
        }
    }

    /** The number of the first line that is none. */
    private static int badLine(String text) throws IOException {
        int number = 0;
        BufferedReader reader = new BufferedReader(new StringReader(text));
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            number++;
            try {
                TableParser.parse(line);
            } catch (DmException e) {
                return number;
            }
        }
        return number;
    }

    /** The lines as a service reads them. */
    static String of(List<TableLine> lines) {
        return lines.stream().map(TableLine::toString).collect(Collectors.joining("\n"));
    }

    /** Standard input as text. */
    static String standardInput() throws IOException {
        return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                .lines()
                .collect(Collectors.joining("\n"));
    }
}
