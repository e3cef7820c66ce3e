package org.dmuser.cli.base;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.function.Consumer;

/** Writes what happens, a line each with its time, to standard error. Any thread. */
public final class EventLog implements Consumer<String> {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS");

    /** Reads the rules of the time zone now: a process that is out of files could not when it has to say so. */
    public EventLog() {
        time();
    }

    private static String time() {
        return LocalDateTime.now().format(TIME);
    }

    @Override
    public void accept(String line) {
        System.err.println(time() + " " + line);
    }
}
