package org.dmuser.cli.backup;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.dmuser.examples.backup.work.Pace;
import org.dmuser.examples.backup.work.Progress;

/** Shows progress on standard error, by a thread of its own, until it is closed. */
final class ProgressView implements AutoCloseable {
    private static final long BAR_INTERVAL_MS = 200;
    private static final long JSON_INTERVAL_MS = 1000;

    /** To the beginning of the line, and clear it. */
    private static final String CLEAR = "\r\033[K";

    private final Progress progress;
    private final ProgressKind kind;
    private final Pace pace = new Pace();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "progress");

    private ProgressView(Progress progress, ProgressKind kind) {
        this.progress = progress;
        this.kind = kind;
    }

    static ProgressView open(Progress progress, ProgressKind kind) {
        ProgressView view = new ProgressView(progress, kind.resolved());
        if (view.kind != ProgressKind.NONE) {
            view.thread.setDaemon(true);
            view.thread.start();
        }
        return view;
    }

    private void run() {
        long intervalMs = kind == ProgressKind.BAR ? BAR_INTERVAL_MS : JSON_INTERVAL_MS;
        try {
            while (!closed.await(intervalMs, TimeUnit.MILLISECONDS)) {
                show();
            }
        } catch (InterruptedException e) {
            // Nobody interrupts it; if somebody does, nothing more is shown.
        }
    }

    private void show() {
        Progress.State state = progress.state();
        if (state.doing().isEmpty()) {
            return;
        }
        pace.note(System.nanoTime(), state);
        if (kind == ProgressKind.BAR) {
            System.err.print(CLEAR + ProgressText.bar(state, pace));
            System.err.flush();
        } else {
            System.err.println(ProgressText.json(state, pace));
        }
    }

    /** Shows where it has ended: a bar goes away, and JSON gets its last line. */
    @Override
    public void close() {
        if (kind == ProgressKind.NONE) {
            return;
        }
        closed.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (kind == ProgressKind.BAR) {
            System.err.print(CLEAR);
            System.err.flush();
        } else {
            show();
        }
    }
}
