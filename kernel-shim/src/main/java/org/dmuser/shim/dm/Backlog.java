package org.dmuser.shim.dm;

import java.util.concurrent.Executor;
import java.util.function.Function;
import org.agrona.ErrorHandler;
import org.dmuser.channel.Errno;
import org.dmuser.shim.bio.Bio;
import org.dmuser.shim.bio.BioList;
import org.dmuser.shim.bio.BlockDevice;
import org.dmuser.shim.bio.Submission;

/**
 * Has bios that wait submitted, in order, by a worker, as soon as they may go on: the thread that makes room for them
 * may be one that must not wait.
 */
final class Backlog {
    private final String name;
    private final WaitingBios waiting;
    private final Function<Bio, BlockDevice> destination;
    private final Executor worker;
    private final ErrorHandler errorHandler;

    /**
     * @param name of the device, for errors
     * @param destination where each is submitted
     */
    Backlog(
            String name,
            WaitingBios waiting,
            Function<Bio, BlockDevice> destination,
            Executor worker,
            ErrorHandler errorHandler) {
        this.name = name;
        this.waiting = waiting;
        this.destination = destination;
        this.worker = worker;
        this.errorHandler = errorHandler;
    }

    /**
     * Has those that may go on submitted, if nobody is doing so. Without a worker all fail: this thread may be one that
     * must not wait for room. Never under a lock.
     */
    void drain() {
        if (waiting.startDrain()) {
            try {
                worker.execute(this::submitAll);
            } catch (RuntimeException | Error e) {
                failAll(e);
            }
        }
    }

    private void submitAll() {
        for (Bio bio = waiting.next(); bio != null; bio = waiting.next()) {
            try {
                Submission.submit(bio, destination.apply(bio));
            } catch (RuntimeException | Error e) {
                errorHandler.onError(e);
            }
        }
    }

    private void failAll(Throwable cause) {
        BioList failed = waiting.giveUp();
        try {
            errorHandler.onError(new IllegalStateException(
                    "device \"" + name + "\": no thread to map bios that have waited, which fail: " + cause, cause));
        } finally {
            for (Bio bio = failed.pollFirst(); bio != null; bio = failed.pollFirst()) {
                fail(bio);
            }
        }
    }

    private void fail(Bio bio) {
        try {
            bio.end(Errno.EIO);
        } catch (RuntimeException | Error e) {
            errorHandler.onError(e);
        }
    }
}
