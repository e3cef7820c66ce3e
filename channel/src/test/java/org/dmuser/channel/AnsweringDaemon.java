package org.dmuser.channel;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.dmuser.channel.ChannelRig.Daemon;
import org.dmuser.channel.ChannelRig.Taken;

/** A daemon that answers whatever it gets, until it is told to finish. */
final class AnsweringDaemon implements AutoCloseable {
    private final Daemon daemon;
    private final Semaphore answers = new Semaphore(0);
    private final Thread thread = new Thread(this::run, "answering daemon");
    private volatile boolean finishing;

    AnsweringDaemon(Daemon daemon) {
        this.daemon = daemon;
        thread.start();
    }

    private void run() {
        while (true) {
            // Asked first: nothing comes after that, but it may have come since the last look.
            boolean last = finishing && daemon.isIdle();
            Taken taken = last ? daemon.nextNow() : daemon.begun().nextSoon();
            if (taken != null) {
                taken.succeed();
                answers.release();
            } else if (last) {
                return;
            }
        }
    }

    void awaitAnswers(int count) throws InterruptedException {
        assertTrue(answers.tryAcquire(count, ChannelRig.limitNs(), TimeUnit.NANOSECONDS), "answers come");
    }

    /** Takes no more, answers what it has, and lets go: how a daemon ends that leaves nothing behind. */
    void finish() {
        daemon.stopTaking();
        finishing = true;
        Uninterrupted.join(thread, ChannelRig.limitNs());
        daemon.close();
    }

    @Override
    public void close() {
        if (thread.isAlive()) {
            finish();
        }
    }
}
