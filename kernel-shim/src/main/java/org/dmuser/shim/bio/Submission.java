package org.dmuser.shim.bio;

import org.agrona.LangUtil;
import org.dmuser.channel.Errno;

/**
 * Sends bios down, depth first and without recursion.
 *
 * <p>While a device is serving a bio, what it submits on the same thread is put aside; after it has returned, that
 * runs, in the order of submission, before anything that was put aside earlier. So a stack of any depth, and a bio
 * split into any number of pieces, uses a fixed amount of call stack, and the pieces of a bio reach the bottom before
 * the next piece starts, which is what keeps a target that waits for an earlier piece from waiting for ever (Linux
 * 4.16, commit 18a25da84354).
 *
 * <p>One per thread; a thread sees only its own.
 */
public final class Submission {
    private static final ThreadLocal<Submission> OF_THREAD = ThreadLocal.withInitial(Submission::new);

    private final BioList waiting = new BioList();
    private final BioList produced = new BioList();
    private boolean active;

    private Submission() {}

    /**
     * Sends {@code bio} to {@code device}: now, or as soon as the device this thread is serving has returned.
     *
     * <p>The caller no longer owns the bio; its listeners may have been called when this returns. If one of them, or a
     * device, threw, that comes out of the outermost call of this method on the thread, when everything has been sent;
     * a bio that a device threw at has ended then, with EIO if the device had not ended it.
     */
    public static void submit(Bio bio, BlockDevice device) {
        Submission submission = OF_THREAD.get();
        bio.sendTo(device);
        if (submission.active) {
            submission.produced.addLast(bio);
        } else {
            submission.run(bio);
        }
    }

    private void run(Bio first) {
        Throwable thrown = null;
        active = true;
        try {
            for (Bio bio = first; bio != null; bio = takeNext()) {
                long ticket = bio.ticket();
                try {
                    bio.device().accept(bio);
                } catch (RuntimeException | Error e) {
                    // The bios behind this one have nothing to do with it and nobody else would send them.
                    thrown = fail(bio, ticket, combine(thrown, e));
                }
            }
        } finally {
            active = false;
        }
        if (thrown != null) {
            LangUtil.rethrowUnchecked(thrown);
        }
    }

    private static Throwable fail(Bio bio, long ticket, Throwable thrown) {
        try {
            if (bio.isPending(ticket)) {
                bio.end(Errno.EIO);
            }
            return thrown;
        } catch (RuntimeException | Error e) {
            return combine(thrown, e);
        }
    }

    private Bio takeNext() {
        waiting.prepend(produced);
        return waiting.pollFirst();
    }

    private static Throwable combine(Throwable first, Throwable next) {
        if (first == null) {
            return next;
        }
        if (first != next) {
            first.addSuppressed(next);
        }
        return first;
    }
}
