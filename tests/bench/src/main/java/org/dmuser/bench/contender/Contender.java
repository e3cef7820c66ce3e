package org.dmuser.bench.contender;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.dmuser.bench.fio.Row;

/** Something to be measured. */
public interface Contender {
    /** What the user, the tables and the goals call it. */
    String name();

    /** What it is, in one line of a table. */
    String what();

    /** Whether it is a way to use dmuser. */
    default boolean isOurs() {
        return false;
    }

    /** The rows that make sense for it. */
    default List<Row> rows() {
        return Row.FILE;
    }

    /** The contender whose file it uses, if it does: that one is started first. */
    default Optional<String> over() {
        return Optional.empty();
    }

    /** Whether it has a device's memory of its own. */
    default boolean hasMemory() {
        return over().isEmpty();
    }

    /** Why it cannot be measured on this machine, if that is so. */
    default Optional<String> missing() {
        return Optional.empty();
    }

    /**
     * Starts it; returns when it can be measured.
     *
     * @param stage where it puts whatever has to be taken down
     * @throws org.dmuser.cli.base.CliException if it cannot be started: why, in one line
     */
    Server start(Stage stage) throws IOException, InterruptedException;
}
