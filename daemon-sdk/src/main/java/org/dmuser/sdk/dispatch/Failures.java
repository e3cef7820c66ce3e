package org.dmuser.sdk.dispatch;

import java.io.IOException;
import java.nio.ReadOnlyBufferException;
import java.nio.file.FileSystemException;
import org.dmuser.channel.Errno;
import org.dmuser.channel.FileProblem;
import org.dmuser.sdk.BlockException;

/** What a thrown thing means, as a number for the one who made the request and as words for the log. */
final class Failures {
    private Failures() {}

    static Errno errno(Throwable failure) {
        if (failure instanceof BlockException e) {
            return e.errno();
        }
        // Writing into the data of a WRITE is a mistake, not a missing feature, whatever the JDK derives it from.
        if (failure instanceof UnsupportedOperationException && !(failure instanceof ReadOnlyBufferException)) {
            return Errno.EOPNOTSUPP;
        }
        return Errno.EIO;
    }

    /** Whether somebody should hear of it: not of an operation that a handler says it has not got. */
    static boolean worthReporting(Throwable failure) {
        return !(failure instanceof BlockException e && e.errno() == Errno.EOPNOTSUPP);
    }

    /** One line for whoever has not written the handler: the message of an {@code IOException} is a sentence. */
    static String sentence(Throwable failure) {
        if (failure instanceof FileSystemException e) {
            return FileProblem.describe(e);
        }
        return failure instanceof IOException && failure.getMessage() != null
                ? failure.getMessage().lines().findFirst().orElse("")
                : describe(failure);
    }

    /** One line; for what no handler throws on purpose, with the place it came from. */
    static String describe(Throwable failure) {
        String message = failure.getMessage();
        StringBuilder line = new StringBuilder();
        if (!(failure instanceof BlockException) || message == null) {
            line.append(failure.getClass().getSimpleName()).append(message == null ? "" : ": ");
        }
        line.append(message == null ? "" : message.lines().findFirst().orElse(""));
        StackTraceElement[] trace = failure.getStackTrace();
        if (!(failure instanceof IOException) && trace.length > 0) {
            line.append(" at ").append(trace[0]);
        }
        return line.toString();
    }
}
