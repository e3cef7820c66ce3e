package org.dmuser.shim.bio;

/**
 * Sends bios down, depth first and without recursion.
 *
 * <p>While a device is serving a bio, what it submits on the same thread is put aside; after it has returned, that runs,
 * in the order of submission, before anything that was put aside earlier. So a stack of any depth, and a bio split into
 * any number of pieces, uses a fixed amount of call stack, and the pieces of a bio reach the bottom before the next piece
 * starts, which is what keeps a target that waits for an earlier piece from waiting for ever (Linux 4.16, commit
 * 18a25da84354).
 *
 * <p>One per thread; a thread sees only its own.
 */
public final class Submission {
    private static final ThreadLocal<Submission> OF_THREAD = ThreadLocal.withInitial(Submission::new);

    private boolean active;
    private Bio waiting;
    private Bio producedHead;
    private Bio producedTail;

    private Submission() {}

    /**
     * Sends {@code bio} to {@code device}: now, or as soon as the device this thread is serving has returned.
     *
     * <p>The caller no longer owns the bio; its listeners may have been called when this returns.
     */
    public static void submit(Bio bio, BlockDevice device) {
        Submission submission = OF_THREAD.get();
        bio.sendTo(device);
        bio.next(null);
        if (submission.active) {
            submission.produce(bio);
        } else {
            submission.run(bio);
        }
    }

    private void produce(Bio bio) {
        if (producedHead == null) {
            producedHead = bio;
        } else {
            producedTail.next(bio);
        }
        producedTail = bio;
    }

    private void run(Bio first) {
        active = true;
        try {
            Bio bio = first;
            while (bio != null) {
                bio.device().accept(bio);
                bio = takeNext();
            }
        } finally {
            active = false;
        }
    }

    private Bio takeNext() {
        if (producedHead != null) {
            producedTail.next(waiting);
            waiting = producedHead;
            producedHead = null;
            producedTail = null;
        }
        Bio bio = waiting;
        if (bio != null) {
            waiting = bio.next();
            bio.next(null);
        }
        return bio;
    }
}
