package org.dmuser.shim.service;

import java.nio.file.FileSystemException;
import org.dmuser.channel.FileProblem;

/** Exceptions as words for a person. */
public final class Problems {
    private Problems() {}

    /** One line. */
    public static String describe(Throwable problem) {
        String text;
        if (problem instanceof FileSystemException e) {
            text = FileProblem.describe(e);
        } else if (problem instanceof Error) {
            // That of a class that is missing says its name and nothing else.
            text = problem.toString();
        } else {
            text = problem.getMessage() == null ? problem.getClass().getSimpleName() : problem.getMessage();
        }
        return String.join(" ", text.lines().map(String::strip).toList());
    }
}
