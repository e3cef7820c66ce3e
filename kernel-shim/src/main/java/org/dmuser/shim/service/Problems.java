package org.dmuser.shim.service;

import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Exceptions as words for a person. */
public final class Problems {
    private Problems() {}

    /** One line. Those of the file system have nothing but a path as their message, so their type is put into words. */
    public static String describe(Throwable problem) {
        String text;
        if (problem instanceof FileSystemException e) {
            text = e.getFile() + ": " + reason(e);
        } else if (problem instanceof Error) {
            // That of a class that is missing says its name and nothing else.
            text = problem.toString();
        } else {
            text = problem.getMessage() == null ? problem.getClass().getSimpleName() : problem.getMessage();
        }
        return String.join(" ", text.lines().map(String::strip).toList());
    }

    private static String reason(FileSystemException e) {
        if (e.getReason() != null) {
            return e.getReason();
        }
        if (e instanceof NoSuchFileException) {
            return "no such file or directory";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "exists already";
        }
        if (e instanceof DirectoryNotEmptyException) {
            return "directory is not empty";
        }
        return "input/output error";
    }
}
