package org.dmuser.shim.fuse.uring;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.CloseHelper;
import org.agrona.UnsafeApi;
import org.dmuser.channel.Errno;
import org.dmuser.shim.fuse.kernel.KernelSession;
import org.dmuser.shim.fuse.protocol.RingCommand;
import org.dmuser.shim.fuse.protocol.RingEntry;
import org.dmuser.shim.os.IoUring;
import org.dmuser.shim.os.IoVector;

/**
 * An io_uring and the entries of the queues it serves. Whoever drives it calls everything here, one thread at a time
 * ({@link Turn}); any thread brings {@link #answers}.
 */
final class Ring implements AutoCloseable {
    private static final int SUBMISSIONS = 256;

    /** Beside those of entries. */
    private static final int OTHER_COMPLETIONS = 8;

    /** The completion of the poll for {@link Answers#eventFd}; entries have their numbers. */
    private static final long WOKEN = -1;

    private static final int POLLIN = 1;
    private static final int STRIDE = RingEntry.LENGTH + 2 * IoVector.LENGTH;
    private static final int ECONNABORTED = 103;
    private static final int ECANCELED = 125;

    /** More than so much of a payload is given back when the device is idle. */
    private static final int KEPT_LENGTH = 64 * 1024;

    private final KernelSession session;
    private final Calls calls;
    private final IoUring io;
    private final Answers answers = new Answers();
    private final List<Queue> queues = new ArrayList<>();
    private final Entry[] entries;
    private final ByteBuffer headers;
    private final ByteBuffer vector = ByteBuffer.allocateDirect(1);

    /** Entries that have not come back for good; written by the driver. */
    private volatile int live;

    /** Entries whose payload was used by so much that it is to be given back, more or less. */
    private boolean usedMuch;

    /**
     * Sets it up; the kernel does not know of its entries yet.
     *
     * @param processors whose queues it serves
     * @param entriesPerQueue how many requests each has room for
     */
    Ring(KernelSession session, Calls calls, List<Integer> processors, int entriesPerQueue) throws IOException {
        this.session = session;
        this.calls = calls;
        int count = processors.size() * entriesPerQueue;
        entries = new Entry[count];
        headers = BufferUtil.allocateDirectAligned(count * STRIDE, BitUtil.CACHE_LINE_LENGTH);
        io = IoUring.open(SUBMISSIONS, BitUtil.findNextPositivePowerOfTwo(count + OTHER_COMPLETIONS));
        try {
            if (answers.eventFd() < 0) {
                throw new IOException("cannot have an eventfd; allow more files with \"ulimit -n\"");
            }
            for (int processor : processors) {
                addQueue(new Queue(
                        this, processor, entriesPerQueue, session.connection().maxWrite()));
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private void addQueue(Queue queue) {
        int first = queues.size() * queue.count();
        queues.add(queue);
        for (int i = 0; i < queue.count(); i++) {
            int number = first + i;
            entries[number] = new Entry(queue, i, number, BufferUtil.address(headers) + (long) number * STRIDE);
        }
    }

    KernelSession session() {
        return session;
    }

    Calls calls() {
        return calls;
    }

    IoUring io() {
        return io;
    }

    Answers answers() {
        return answers;
    }

    /** For people. */
    String describe() {
        return live + " entries";
    }

    /** Whether the kernel has no entry and will have none. */
    boolean isDone() {
        return live == 0;
    }

    /** Gives the kernel all entries; the error number with which it has refused one, or 0. */
    int register() {
        live = entries.length;
        awaitWakeUps();
        // The last one given is the first one used.
        for (int i = entries.length - 1; i >= 0; i--) {
            Entry entry = entries[i];
            long vectors = entry.header() + RingEntry.LENGTH;
            IoVector.put(vectors, 0, entry.header(), RingEntry.LENGTH);
            IoVector.put(vectors, 1, entry.kernelPayload(), session.connection().maxWrite());
            long submission = command(entry, RingCommand.REGISTER);
            UnsafeApi.putLong(submission + IoUring.ADDRESS_OFFSET, vectors);
            UnsafeApi.putInt(submission + IoUring.LENGTH_OFFSET, 2);
        }
        io.submit();
        return refusal();
    }

    /** Nothing else has come so far. */
    private int refusal() {
        int before = live;
        int result = 0;
        for (long completion = io.peek(); completion != 0 && IoUring.result(completion) < 0; completion = io.peek()) {
            result = -IoUring.result(completion);
            io.advance();
            before--;
        }
        live = before;
        return result;
    }

    /** The next request that has come, in its entry; null if there is none. */
    Entry take() {
        for (long completion = io.peek(); completion != 0; completion = io.peek()) {
            long userData = IoUring.userData(completion);
            int result = IoUring.result(completion);
            boolean more = IoUring.hasMore(completion);
            io.advance();
            if (userData != WOKEN) {
                Entry entry = entries[(int) userData];
                if (result >= 0) {
                    entry.queue().begins();
                    return entry;
                }
                lost(-result);
            } else if (!more) {
                awaitWakeUps();
            }
        }
        return null;
    }

    private void lost(int number) {
        live--;
        Errno why = Errno.of(number);
        boolean ended = why == Errno.ENOTCONN
                || why == Errno.ENODEV
                || why == Errno.ENOENT
                || number == ECONNABORTED
                || number == ECANCELED;
        if (!ended) {
            session.errors()
                    .onError(new IllegalStateException("device " + session.name()
                            + ": the kernel does not take an answer by way of io_uring: error " + number));
        }
    }

    /** Whether there is something to do, be it to leave. */
    boolean hasWork() {
        return io.peek() != 0 || !answers.isEmpty() || isDone();
    }

    /** Prepares to give the kernel the answers there are; whether there were any. */
    boolean takeAnswers() {
        Entry entry = answers.takeAll();
        boolean any = entry != null;
        while (entry != null) {
            Entry following = entry.next();
            entry.setNext(null);
            commit(entry);
            entry = following;
        }
        return any;
    }

    private void commit(Entry entry) {
        usedMuch |= entry.touched() > KEPT_LENGTH;
        entry.queue().ends();
        long submission = command(entry, RingCommand.COMMIT_AND_FETCH);
        RingCommand.putCommitId(submission + IoUring.OF_COMMAND_OFFSET, RingEntry.commitId(entry.header()));
    }

    private long command(Entry entry, int command) {
        entry.setFetcher(Thread.currentThread());
        long submission = prepare(IoUring.URING_CMD);
        UnsafeApi.putInt(submission + IoUring.FD_OFFSET, session.connection().sleepingFd());
        UnsafeApi.putInt(submission + IoUring.COMMAND_OFFSET, command);
        UnsafeApi.putLong(submission + IoUring.USER_DATA_OFFSET, entry.number());
        RingCommand.putQueue(
                submission + IoUring.OF_COMMAND_OFFSET, entry.queue().id());
        return submission;
    }

    private void awaitWakeUps() {
        long submission = prepare(IoUring.POLL_ADD);
        UnsafeApi.putInt(submission + IoUring.FD_OFFSET, answers.eventFd());
        UnsafeApi.putInt(submission + IoUring.LENGTH_OFFSET, IoUring.POLL_MULTI);
        UnsafeApi.putInt(submission + IoUring.EVENTS_OFFSET, POLLIN);
        UnsafeApi.putLong(submission + IoUring.USER_DATA_OFFSET, WOKEN);
    }

    private long prepare(byte operation) {
        long submission = io.prepare(operation);
        while (submission == 0) {
            io.submit();
            submission = io.prepare(operation);
        }
        return submission;
    }

    /** Gives the kernel what has been prepared. */
    void submit() {
        if (io.hasPrepared()) {
            io.submit();
        }
    }

    /** Whether payloads are to be {@linkplain #trim given back} when nothing has come for a while. */
    boolean isToBeTrimmed() {
        return usedMuch;
    }

    /** Gives back the memory of payloads which were used by much, of those that the calling thread has given. */
    void trim() {
        usedMuch = false;
        try {
            for (Entry entry : entries) {
                if (entry.touched() > KEPT_LENGTH && entry.fetcher() == Thread.currentThread() && !hasWork()) {
                    entry.trim(vector);
                }
            }
        } catch (IOException e) {
            session.errors().onError(e);
        }
    }

    /** When nobody uses it any more, and no request of it is under way. */
    @Override
    public void close() {
        io.close();
        CloseHelper.closeAll(queues);
        CloseHelper.close(answers);
        Reference.reachabilityFence(headers);
    }
}
