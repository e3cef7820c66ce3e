package org.dmuser.shim.fuse.uring;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.agrona.CloseHelper;
import org.dmuser.channel.Errno;
import org.dmuser.shim.fuse.MountException;
import org.dmuser.shim.fuse.Session;
import org.dmuser.shim.fuse.kernel.KernelSession;

/** A mount whose requests come through rings, but for those few that are read from {@code /dev/fuse} as ever. */
final class UringSession implements Session {
    private final KernelSession session;
    private final Calls calls = new Calls();
    private final Pace pace = new Pace();
    private final Helpers helpers;
    private final List<RingThread> threads = new ArrayList<>();

    /**
     * Sets up the rings.
     *
     * @param session not started; ends by itself, if this throws, when its file is unmounted
     */
    UringSession(KernelSession session, List<RingPlan> plans) throws IOException {
        this.session = session;
        this.helpers = new Helpers(session, pace);
        session.closeWith(helpers);
        AtomicInteger lookers = new AtomicInteger();
        List<Ring> rings = new ArrayList<>();
        try {
            for (RingPlan plan : plans) {
                rings.add(new Ring(session, calls, plan.queues(), plan.entriesPerQueue()));
            }
        } catch (IOException | RuntimeException | Error e) {
            CloseHelper.closeAll(rings);
            throw e;
        }
        for (int i = 0; i < rings.size(); i++) {
            session.closeWith(rings.get(i));
            RingLooker looker = new RingLooker(session, lookers);
            threads.add(new RingThread(
                    rings.get(i), helpers, pace, looker, plans.get(i).processor()));
        }
    }

    @Override
    public void start() throws MountException {
        session.start();
        threads.forEach(RingThread::start);
        int refusal = 0;
        for (RingThread thread : threads) {
            refusal = Math.max(refusal, thread.awaitRegistered());
        }
        if (refusal != 0) {
            Errno why = Errno.of(refusal);
            throw new MountException(why, "the kernel refuses FUSE over io_uring: error " + refusal);
        }
    }

    @Override
    public boolean awaitEnd(long timeout, TimeUnit unit) throws InterruptedException {
        long deadlineNs = System.nanoTime() + unit.toNanos(timeout);
        if (!session.awaitEnd(timeout, unit) || !helpers.awaitEnd(deadlineNs)) {
            return false;
        }
        for (RingThread thread : threads) {
            if (!thread.awaitEnd(deadlineNs)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean isConnected() {
        return session.isConnected();
    }

    @Override
    public String describe() {
        return "requests " + calls.describe() + "; threads "
                + threads.stream().map(RingThread::describe).collect(Collectors.joining(", ")) + "; "
                + session.describe();
    }
}
