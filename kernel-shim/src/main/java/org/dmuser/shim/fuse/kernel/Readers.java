package org.dmuser.shim.fuse.kernel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * The readers of a session, and who of them does what:
 *
 * <pre>
 *   look    without sleeping: one or two ({@link Lookers})
 *   sleep   in the kernel: at most one, since the kernel wakes a sleeper for each request, whoever gets it; some,
 *           where nobody may look
 *   serve   a request: as many as there are requests that have not returned
 *   rest    the others
 * </pre>
 *
 * <p>Nobody rests unless somebody waits for requests, who may come to serve, and to hang in a handler. So another is
 * woken, or started, when the last one that waits for requests goes to serve and services have been slow lately; and
 * {@link Relief} does so where that was not to be foreseen.
 *
 * <p>Any thread may call. The lock guards the lists; nothing but the start of a thread is called under it.
 */
final class Readers implements Relief.Crew {
    /** What a reader does that has no request. */
    enum Role {
        SLEEP,
        REST,
        LEAVE
    }

    /** Threads at most. */
    static final int LIMIT = 256;

    private static final int SLEEPERS_MAX_WITHOUT_LOOKERS = 4;
    private static final int RESTING_MAX = 2;
    private static final long SLOW_NS = 200_000;

    /** Longer ones are not waited for without sleeping. */
    private static final long LONG_SERVICE_NS = 500_000;

    private static final long INVITATION_INTERVAL_NS = 1_000_000;

    private final KernelSession session;
    private final int sleepersMax;
    private final AtomicInteger sleepers = new AtomicInteger();
    private final AtomicInteger serving = new AtomicInteger();

    /** Those that have not ended; guarded by itself, as the next three are. */
    private final List<Reader> alive = new ArrayList<>();

    /** Those that have ended but for their last steps. */
    private final List<Reader> leaving = new ArrayList<>();

    private final Deque<Reader> resting = new ArrayDeque<>();
    private int started;

    /** Those that do not rest; written under the lock. */
    private volatile int awake;

    /** Whether some do; written under the lock. */
    private volatile boolean someRest;

    private volatile long lastInvitationNs = System.nanoTime();

    /** How many services have ended, more or less: it is written without a lock. */
    private volatile long served;

    /** A mean of how long the last services took, more or less. */
    private volatile long serviceNs;

    Readers(KernelSession session) {
        this.session = session;
        this.sleepersMax = session.seats().count() == 0 ? SLEEPERS_MAX_WITHOUT_LOOKERS : 1;
    }

    /** Starts the first ones. */
    void start() {
        for (int i = 0; i < Math.max(Lookers.MAX, sleepersMax); i++) {
            add();
        }
    }

    /** What a reader is to do that does not look. One that is to leave counts no more. */
    Role roleOf(Reader reader) {
        synchronized (alive) {
            if (session.isEnded()) {
                awake--;
                return Role.LEAVE;
            }
            if (awake - serving.get() <= sleepersMax) {
                sleepers.incrementAndGet();
                return Role.SLEEP;
            }
            if (resting.size() >= RESTING_MAX) {
                awake--;
                return Role.LEAVE;
            }
            reader.toRest();
            resting.addFirst(reader);
            someRest = true;
            awake--;
            return Role.REST;
        }
    }

    void endsSleep() {
        sleepers.decrementAndGet();
        session.relief().watch();
    }

    /** The caller has a request; whether the device may take its time with it. */
    boolean beginsService() {
        int busy = serving.incrementAndGet();
        if (busy >= awake && serviceNs > SLOW_NS) {
            wakeOne();
        }
        return busy < LIMIT;
    }

    /** The request that came at {@code beganNs} is on its way, or answered. */
    void endsService(long beganNs) {
        serving.decrementAndGet();
        long nowNs = System.nanoTime();
        serviceNs += (nowNs - beganNs - serviceNs) / 8;
        served++;
        session.lookers().waitBegins(nowNs);
        if (someRest) {
            invite(nowNs);
        }
    }

    /** How long requests take that are served on readers, in nanoseconds; 0 if that is long. */
    long usualServiceNs() {
        long mean = serviceNs;
        return mean > LONG_SERVICE_NS ? 0 : mean;
    }

    /** Has one more look, if that is wanted. */
    private void invite(long nowNs) {
        if (nowNs - lastInvitationNs > INVITATION_INTERVAL_NS
                && session.lookers().wantOneMore()) {
            lastInvitationNs = nowNs;
            wakeOne();
        }
    }

    /** Whether every one that does not rest serves a request. */
    @Override
    public boolean areAllServing() {
        return serving.get() >= awake;
    }

    /** Whether one sleeps, who will be heard of when there is something to do. */
    @Override
    public boolean oneSleeps() {
        return sleepers.get() > 0;
    }

    /** Changes with each service that ends. */
    @Override
    public long served() {
        return served;
    }

    @Override
    public void relieve() {
        wakeOne();
    }

    /** Has one more wait for requests, if there is one to be had. */
    private void wakeOne() {
        Reader reader;
        synchronized (alive) {
            reader = resting.pollFirst();
            if (reader != null) {
                awake++;
            }
            someRest = !resting.isEmpty();
        }
        if (reader != null) {
            reader.wake();
        } else {
            add();
        }
    }

    private void add() {
        synchronized (alive) {
            if (alive.size() >= LIMIT || session.isEnded()) {
                return;
            }
            Reader reader = new Reader(session, "fuse-" + session.name() + "-" + started);
            try {
                reader.start();
            } catch (OutOfMemoryError e) {
                // No thread to be had: those there are go on.
                session.errors().onError(e);
                return;
            }
            started++;
            alive.add(reader);
            awake++;
        }
    }

    /** Wakes all that rest, to end. */
    void wakeAll() {
        List<Reader> woken;
        synchronized (alive) {
            woken = List.copyOf(resting);
            resting.clear();
            someRest = false;
            awake += woken.size();
        }
        woken.forEach(Reader::wake);
    }

    /** The caller ends. */
    void leave(Reader reader) {
        boolean last;
        synchronized (alive) {
            alive.remove(reader);
            leaving.removeIf(other -> !other.isAlive());
            leaving.add(reader);
            awake -= reader.isToLeave() ? 0 : 1;
            last = alive.isEmpty();
        }
        if (last) {
            session.lastReaderLeft();
        }
    }

    /** Waits until the threads of those that have left are gone; whether they are. */
    boolean awaitEnd(long deadlineNs) throws InterruptedException {
        List<Reader> last;
        synchronized (alive) {
            last = List.copyOf(leaving);
        }
        for (Reader reader : last) {
            if (!reader.awaitEnd(deadlineNs)) {
                return false;
            }
        }
        return true;
    }

    boolean haveLeft() {
        synchronized (alive) {
            return alive.isEmpty();
        }
    }

    String describe() {
        synchronized (alive) {
            return alive.stream().map(Reader::describe).collect(Collectors.joining(", "));
        }
    }
}
