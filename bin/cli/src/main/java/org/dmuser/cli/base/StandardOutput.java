package org.dmuser.cli.base;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Standard output in UTF-8, which remembers what kept it from being written: a {@link PrintStream} tells nobody, and
 * a command whose output is lost has not succeeded. Any thread.
 */
public final class StandardOutput extends OutputStream {
    /** What a shell says of a program that SIGPIPE has ended; that would have ended one not written in Java. */
    private static final int STATUS_OF_SIGPIPE = 128 + 13;

    private final OutputStream out = new FileOutputStream(FileDescriptor.out);
    private volatile IOException failure;

    private StandardOutput() {}

    /** Makes it {@link System#out}. */
    public static StandardOutput install() {
        StandardOutput output = new StandardOutput();
        System.setOut(new PrintStream(output, false, StandardCharsets.UTF_8));
        return output;
    }

    /** The exit status of a command that would have ended with {@code status}, had all it printed arrived. */
    public int finish(int status) {
        System.out.flush();
        IOException problem = failure;
        if (problem == null) {
            return status;
        }
        String reason = String.valueOf(problem.getMessage());
        if (reason.contains("Broken pipe")) {
            return STATUS_OF_SIGPIPE;
        }
        Console.error("cannot write standard output: " + reason);
        return CliException.FAILED;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
