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
 */
public final class LowPriority implements AutoCloseable {
    private static final Path THREADS = Path.of("/proc/self/task");
    private static final long DELAY_MS = 300;

    private final CountDownLatch closed = new CountDownLatch(1);
    private final int nice;

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
            Thread thread = new Thread(priority::run, "low-priority");
            thread.setDaemon(true);
            thread.start();
        }
        return priority;
    }

    private void run() {
        try {
            if (!closed.await(DELAY_MS, TimeUnit.MILLISECONDS)) {
                lowerAll();
            }
        } catch (InterruptedException | IOException e) {
            // Then it goes on as it is: not a reason to have no backup.
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

    /** It stays as it is now. */
    @Override
    public void close() {
        closed.countDown();
    }
}
