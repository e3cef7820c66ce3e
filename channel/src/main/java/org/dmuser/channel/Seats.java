package org.dmuser.channel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The right to look for work without sleeping: whoever does keeps a processor busy, so there are as many seats as
 * processors, for a service, its daemons and all of their devices together. More would keep the very threads they wait
 * for from running.
 *
 * <pre>
 *    0 | seats (4)                      |  a file of 64 bytes for this and for each seat, native byte order
 *   64 | who sits on seat 0: pid or 0 (4) |
 *  128 | who sits on seat 1 ...         |
 * </pre>
 *
 * <p>A process that was killed leaves its seats taken until somebody who knows of its death calls {@link #vacate}.
 */
public final class Seats {
    /** The name of the file a service shares with its daemons, beside those of the channels. */
    public static final String FILE_NAME = "seats";

    private static final int STRIDE = 64;
    private static final int FREE = 0;
    private static final Seats NONE = new Seats(new UnsafeBuffer(ByteBuffer.allocateDirect(STRIDE)));

    private final UnsafeBuffer words;
    private final int count;
    private final int pid = (int) ProcessHandle.current().pid();

    private Seats(UnsafeBuffer words) {
        this.words = words;
        this.count = Math.max(0, Math.min(words.getInt(0), words.capacity() / STRIDE - 1));
    }

    /** No seats: everybody sleeps while he waits. */
    public static Seats none() {
        return NONE;
    }

    /** Seats for this process alone. */
    public static Seats ofProcess() {
        int count = processors();
        UnsafeBuffer words = new UnsafeBuffer(ByteBuffer.allocateDirect(length(count)));
        words.putInt(0, count);
        return new Seats(words);
    }

    /** Those of this process, or none. */
    public static Seats ofProcess(Polling polling) {
        return polling == Polling.OFF ? none() : ofProcess();
    }

    /**
     * Makes seats in a directory of channels, for all who open one there. None, if {@code polling} is off.
     *
     * @throws IOException if there are some already, or the file cannot be made
     */
    public static Seats create(Path directory, Polling polling) throws IOException {
        int count = polling == Polling.OFF ? 0 : processors();
        try (FileChannel file = FileChannel.open(
                directory.resolve(FILE_NAME),
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.CREATE_NEW)) {
            UnsafeBuffer words = new UnsafeBuffer(file.map(FileChannel.MapMode.READ_WRITE, 0, length(count)));
            words.putInt(0, count);
            return new Seats(words);
        }
    }

    /** Those in the directory of a channel; of its own, where the service has none. */
    static Seats open(Path directory) throws IOException {
        Path path = directory.resolve(FILE_NAME);
        if (!Files.exists(path)) {
            return ofProcess();
        }
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return new Seats(new UnsafeBuffer(file.map(FileChannel.MapMode.READ_WRITE, 0, file.size())));
        }
    }

    private static int processors() {
        return Math.max(1, Runtime.getRuntime().availableProcessors());
    }

    private static int length(int count) {
        return (1 + count) * STRIDE;
    }

    /**
     * Frees the seats of a process that has ended, or is about to. If it has not, it may sit on a seat that is
     * another's for a moment, too.
     */
    public void vacate(long deadPid) {
        for (int seat = 0; seat < count; seat++) {
            words.compareAndSetInt(offset(seat), (int) deadPid, FREE);
        }
    }

    /** How many there are, taken or not. */
    public int count() {
        return count;
    }

    /** Whether one could be had now. */
    public boolean haveFree() {
        for (int seat = 0; seat < count; seat++) {
            if (words.getInt(offset(seat)) == FREE) {
                return true;
            }
        }
        return false;
    }

    /** For one thread, not sitting yet. */
    public Seat seat() {
        return new Seat();
    }

    private static int offset(int seat) {
        return (1 + seat) * STRIDE;
    }

    /** One thread's seat, while it has one. */
    public final class Seat {
        private static final int STANDING = -1;

        private int number = STANDING;

        private Seat() {}

        /** Whether the thread has a seat now. */
        public boolean take() {
            for (int seat = 0; number == STANDING && seat < count; seat++) {
                if (words.getInt(offset(seat)) == FREE && words.compareAndSetInt(offset(seat), FREE, pid)) {
                    number = seat;
                }
            }
            return number != STANDING;
        }

        /** Leaves the seat to others, if it has one. */
        public void leave() {
            if (number != STANDING) {
                // Not if somebody else has it by now, after a vacation.
                words.compareAndSetInt(offset(number), pid, FREE);
                number = STANDING;
            }
        }
    }
}
