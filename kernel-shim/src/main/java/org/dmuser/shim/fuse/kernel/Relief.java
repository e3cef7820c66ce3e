package org.dmuser.shim.fuse.kernel;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/**
 * Sees to it that a session whose readers all hang in a handler gets another one, so that {@code stat}, {@code open}
 * and what the handler can do besides are still served; and that memory which has not been needed for a while is freed.
 * One thread for all sessions of a process, which looks every few milliseconds while there is something going on, and
 * rests otherwise.
 */
public final class Relief {
    private static final Relief INSTANCE = new Relief();
    private static final long INTERVAL_NS = 5_000_000;
    private static final int QUIET_LOOKS = 20;
    private static final int LOOKS_PER_TRIM = 200;
    private static final long LAST_TRIM_NS = 1_000_000_000;

    /** Those who serve the requests of a session, or some of them. Asked and told by the one thread. */
    public interface Crew {
        /** Whether all who might take requests are serving one. */
        boolean areAllServing();

        /** Changes with each service that ends. */
        long served();

        /** Has somebody else take requests: all have been serving for some time, and none has come back. */
        void relieve();

        /** Whether one sleeps, who calls {@link Relief#watch} when there is something to do. */
        boolean oneSleeps();
    }

    private final List<Watched> crews = new CopyOnWriteArrayList<>();
    private Thread thread;
    private volatile boolean resting;

    private Relief() {}

    public static Relief instance() {
        return INSTANCE;
    }

    public synchronized void add(Crew crew) {
        crews.add(new Watched(crew));
        if (thread == null) {
            thread = new Thread(null, this::run, "fuse-relief", 0, false);
            thread.setDaemon(true);
            thread.start();
        }
        watch();
    }

    public void remove(Crew crew) {
        crews.removeIf(watched -> watched.crew == crew);
        // It has left its memory behind.
        watch();
    }

    /** One that slept has got something to do. */
    public void watch() {
        if (resting) {
            resting = false;
            LockSupport.unpark(thread);
        }
    }

    private void run() {
        int quietLooks = 0;
        int looks = 0;
        while (true) {
            if (++looks % LOOKS_PER_TRIM == 0) {
                DataPool.ofProcess().trim();
            }
            boolean active = false;
            for (Watched watched : crews) {
                active |= watched.look();
            }
            quietLooks = active ? 0 : quietLooks + 1;
            if (quietLooks > QUIET_LOOKS) {
                rest();
                quietLooks = 0;
            }
            LockSupport.parkNanos(this, INTERVAL_NS);
        }
    }

    private void rest() {
        resting = true;
        if (crews.stream().noneMatch(Watched::look)) {
            DataPool.ofProcess().trim();
            LockSupport.parkNanos(this, LAST_TRIM_NS);
            if (resting) {
                DataPool.ofProcess().trim();
            }
            while (resting) {
                LockSupport.park(this);
            }
        }
        resting = false;
    }

    private static final class Watched {
        private final Crew crew;
        private long servedBefore = -1;

        Watched(Crew crew) {
            this.crew = crew;
        }

        /** Relieves them if all have been serving and none has come back since the last look; whether any is awake. */
        boolean look() {
            long served = crew.served();
            boolean stuck = crew.areAllServing();
            if (stuck && served == servedBefore) {
                crew.relieve();
            }
            servedBefore = stuck ? served : -1;
            return !crew.oneSleeps();
        }
    }
}
