package org.dmuser.sdk.filter;

import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Where the lines of the log filter go. Any thread may add one. */
interface LogLines extends Closeable {
    void add(String line);

    @Override
    default void close() throws IOException {}

    /** The log of the JVM. */
    static LogLines toSystemLog() {
        System.Logger logger = System.getLogger(LogFilter.class.getName());
        return line -> logger.log(System.Logger.Level.INFO, line);
    }

    /** The end of a file, which is made if need be. */
    static LogLines toFile(Path file) throws IOException {
        return new ToFile(file, Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    }

    /** A log that cannot be written is no reason to fail the disk: it says so once, and is silent from then on. */
    final class ToFile implements LogLines {
        private final Path file;
        private final Writer writer;
        private boolean broken;

        private ToFile(Path file, Writer writer) {
            this.file = file;
            this.writer = writer;
        }

        @Override
        public synchronized void add(String line) {
            if (broken) {
                return;
            }
            try {
                // One write a line, so that lines of several threads, and of several daemons, stay whole.
                writer.write(line + '\n');
                writer.flush();
            } catch (IOException e) {
                broken = true;
                System.getLogger(LogFilter.class.getName())
                        .log(System.Logger.Level.WARNING, "filter log: " + file + " gets no more lines: " + e);
            }
        }

        @Override
        public synchronized void close() throws IOException {
            writer.close();
        }
    }
}
