package org.dmuser.cli.device;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dmuser.cli.base.CliException;
import org.dmuser.shim.service.Problems;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A device and where a table for it comes from: an option, a file, or standard input. */
final class TableArguments {
    @Parameters(index = "0", paramLabel = "NAME", description = "The device: up to 127 bytes, no '/'.")
    private String name;

    @Option(
            names = "--table",
            paramLabel = "TABLE",
            description = "The table: lines of '<start> <length> <target type> <arguments>', in sectors.")
    private String table;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "FILE",
            description =
                    "A file with the table. Without it and without --table, the table is read from standard input.")
    private Path file;

    String name() {
        return name;
    }

    boolean isGiven() {
        return table != null || file != null;
    }

    String read() throws IOException {
        if (table != null && file != null) {
            throw CliException.usage("--table and the file " + file + " are two tables: give one of them");
        }
        if (table != null) {
            return table;
        }
        if (file == null) {
            return new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
        }
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new CliException("cannot read a table from " + Problems.describe(e), e);
        }
    }
}
