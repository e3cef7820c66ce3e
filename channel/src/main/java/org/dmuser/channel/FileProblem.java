package org.dmuser.channel;

import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Exceptions of the file system as words: most have nothing but a path as their message. */
public final class FileProblem {
    private FileProblem() {}

    /** The file, and what is the matter with it. */
    public static String describe(FileSystemException problem) {
        return problem.getFile() + ": " + reason(problem);
    }

    private static String reason(FileSystemException problem) {
        if (problem.getReason() != null) {
            return problem.getReason();
        }
        if (problem instanceof NoSuchFileException) {
            return "no such file or directory";
        }
        if (problem instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (problem instanceof FileAlreadyExistsException) {
            return "exists already";
        }
        if (problem instanceof DirectoryNotEmptyException) {
            return "directory is not empty";
        }
        return "input/output error";
    }
}
