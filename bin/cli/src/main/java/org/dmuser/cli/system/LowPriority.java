package org.dmuser.cli.system;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.dmuser.shim.os.LibC;

/**
 * Lets others have the processors first: those that use the device while it is backed up.
 *
 * <p>Happens a moment later, by a thread of its own. Binding the system call takes longer than a small backup, which so
 * is over before it begins.
 *
 * <p>Where Linux groups processes by session ({@code kernel.sched_autogroup_enabled}), a priority counts only within a
 * session. A process that leads one, as what cron or systemd starts, has that of its session lowered, too. That of a
 * shell is left alone: it would stay lowered, for all that is started there.
 */
public final class LowPriority implements AutoCloseable {
    private static final Path THREADS = Path.of("/proc/self/task");
    private static final Path SESSION = Path.of("/proc/self/autogroup");
    private static final Path STATE = Path.of("/proc/self/stat");

    /** Fields of {@link #STATE} behind the name of the program. */
    private static final int SESSION_FIELD = 3;

    private static final long DELAY_MS = 300;

    /** Binding the system call takes a tenth of this on a slow machine. */
    private static final long CLOSE_TIMEOUT_MS = 10_000;

    private final CountDownLatch closed = new CountDownLatch(1);
    private final int nice;
    private final Thread thread = new Thread(this::run, "low-priority");

    private LowPriority(int nice) {
        this.nice = nice;
    }

    /**
     * Lowers that of this process, and of no thread that has a lower one already.
     *
     * @param nice as of {@code nice(1)}: 0 to 19, where 19 is the lowest and 0 changes nothing
     */
    public static LowPriority begin(int nice) {
        LowPriority priority = new LowPriority(nice);
        if (nice > 0) {
            priority.thread.setDaemon(true);
            priority.thread.start();
        }
        return priority;
    }

    private void run() {
        try {
            lowerSession();
            if (!closed.await(DELAY_MS, TimeUnit.MILLISECONDS)) {
                lowerAll();
            }
        } catch (InterruptedException | IOException e) {
            // Then it goes on as it is: not a reason to have no backup.
        }
    }

    private void lowerSession() throws IOException {
        String state = Files.readString(STATE);
        String[] fields = state.substring(state.lastIndexOf(')') + 2).split(" ");
        boolean leads =
                Long.parseLong(fields[SESSION_FIELD]) == ProcessHandle.current().pid();
        if (leads && Files.exists(SESSION)) {
            try {
                Files.writeString(SESSION, Integer.toString(nice));
            } catch (IOException e) {
                // The kernel lets that happen only so often, and somebody else was first: it is no more than a favour.
            }
        }
    }

    /** New threads have the priority of the one that starts them. */
    private void lowerAll() throws IOException {
        LibC libc = LibC.instance();
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(THREADS)) {
            for (Path thread : threads) {
                int id = Integer.parseInt(thread.getFileName().toString());
                if (libc.getpriority(LibC.PRIO_PROCESS, id) < nice) {
                    libc.setpriority(LibC.PRIO_PROCESS, id, nice);
                }
            }
        }
    }

    /**
     * It stays as it is now. A library that is being loaded is waited for: a process that ends meanwhile would leave
     * the temporary file it is loaded from.
     */
    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join(CLOSE_TIMEOUT_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
