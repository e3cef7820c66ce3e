package org.dmuser.cli.base;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.function.Consumer;

/** Writes what happens, a line each with its time, to standard error. Any thread. */
public final class EventLog implements Consumer<String> {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS");

    @Override
    public void accept(String line) {
        System.err.println(LocalDateTime.now().format(TIME) + " " + line);
    }
}
