package org.dmuser.tests.harness;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * Runs commands in the process of the tests, with the standard streams exchanged meanwhile: the same code as in a
 * process of its own, without the start of a JVM, which takes longer than all that most commands do. One at a time.
 */
public final class InProcess {
    private InProcess() {}

    /** With nothing to read. */
    public static Outcome run(List<String> words, IntSupplier command) {
        return run(words, new ByteArrayInputStream(new byte[0]), command);
    }

    /**
     * With {@code input} to read.
     *
     * @param words what the outcome says was run
     */
    public static Outcome run(List<String> words, InputStream input, IntSupplier command) {
        InputStream in = System.in;
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
        ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        try {
            System.setIn(input);
            System.setOut(new PrintStream(outBytes, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(errBytes, true, StandardCharsets.UTF_8));
            int status = command.getAsInt();
            System.out.flush();
            System.err.flush();
            return new Outcome(words, status, text(outBytes), text(errBytes));
        } finally {
            System.setIn(in);
            System.setOut(out);
            System.setErr(err);
        }
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
