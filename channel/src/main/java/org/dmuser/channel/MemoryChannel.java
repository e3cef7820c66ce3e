package org.dmuser.channel;

import static org.dmuser.channel.ChannelFileDescriptor.SLOTS;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/**
 * The service's end of a channel to a daemon in a process of its own: a file in shared memory.
 *
 * <p>Submitting threads put messages in; one thread, the owner, runs {@link #serve}, which takes answers out and, when
 * the channel has to end, ends it. {@link #close} only asks for that, from any thread.
 *
 * <p>Nothing a daemon writes is trusted: each answer is read once and must be for a message that is in that slot and
 * was taken. A wrong one ends this channel and touches no other.
 */
public final class MemoryChannel implements Channel {
    private record Ending(ChannelEnd end, String reason) {}

    private final MessageQueue queue;
    private final ChannelFile file;
    private final long epoch;
    private final ChannelReports reports;
    private final SlotTable slots = new SlotTable(SLOTS);
    private final SlotPool pool;
    private final OutstandingMessages outstanding;
    private final RequestProxy requests;
    private final AnswerTaker answers;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile Ending ending;

    /** Whether the daemon has been seen to stop; the serving thread's. */
    private boolean detached;

    private MemoryChannel(
            Path path,
            String daemon,
            MessageQueue queue,
            ChannelFile file,
            ChannelSpace space,
            long epoch,
            Seats seats,
            Consumer<String> reports) {
        this.queue = queue;
        this.file = file;
        this.epoch = epoch;
        this.reports = new ChannelReports(path.getFileName().toString(), reports);
        pool = new SlotPool(this, queue, slots, file, space);
        outstanding = new OutstandingMessages(file, slots, daemon, this.reports);
        requests = new RequestProxy(file, slots);
        ResponseAdapter responses = new ResponseAdapter(file, slots, new Answers(), this::onViolation);
        answers = new AnswerTaker(responses, file.serviceSleeps(seats), () -> ending != null || daemonStopsNow());
    }

    /**
     * Makes the file and attaches the channel to its target. Nothing is answered until {@link #serve} runs.
     *
     * @param path where, in a file system that is memory; must not exist
     * @param daemon what is at its other end, for people
     * @param epoch tells this channel from earlier ones of that name
     * @param sectors the size of the device, for the daemon
     * @param seats for the thread that is to serve it
     * @param reports told, a line each, what a person should know: broken protocol, errors the daemon left behind
     * @throws IOException if there is no room for it; nothing is left behind
     */
    public static MemoryChannel open(
            Path path,
            String daemon,
            MessageQueue queue,
            long epoch,
            long sectors,
            boolean readOnly,
            Seats seats,
            Consumer<String> reports)
            throws IOException {
        ChannelFile.createEmpty(path);
        ChannelSpace space = ChannelSpace.open(path);
        try {
            ChannelFile file = ChannelFile.map(path);
            file.describe(epoch, sectors, readOnly);
            MemoryChannel channel = new MemoryChannel(path, daemon, queue, file, space, epoch, seats, reports);
            queue.attach(channel);
            return channel;
        } catch (IOException | RuntimeException e) {
            space.retire(0);
            throw e;
        }
    }

    /** What {@link #open} was given: the daemon must find it in the file. */
    public long epoch() {
        return epoch;
    }

    @Override
    public int load() {
        return slots.inUse();
    }

    @Override
    public int claim(Message message) {
        int index = ending == null ? pool.find(message.payloadLength()) : NO_ROOM;
        int record = index == NO_ROOM ? NO_ROOM : requests.claim();
        if (record < 0) {
            return NO_ROOM;
        }
        int slot = slots.put(message, index);
        requests.give(record, slot);
        return slot;
    }

    /** Gives {@code message} the slot its data is in, if it is one of this channel's. Under the queue's lock. */
    int claimInPlace(Message message) {
        int slot = message.payloadLength() == 0 ? NO_ROOM : file.slotAt(message.data());
        if (slot == NO_ROOM || ending != null || !slots.isLentAndEmpty(slot)) {
            return NO_ROOM;
        }
        int record = requests.claim();
        if (record < 0) {
            return NO_ROOM;
        }
        slots.putInPlace(message, slot);
        requests.give(record, slot);
        return slot;
    }

    @Override
    public void commit(int slot) {
        try {
            requests.commit(slot);
        } catch (RuntimeException e) {
            // What the daemon does to the ring must not hurt anybody else.
            close(ChannelEnd.REJECTED, "has damaged the request ring: " + e.getMessage());
        }
    }

    @Override
    public boolean grow(int length) {
        Errno errno = ending == null ? pool.grow(length) : null;
        if (errno != null && errno != Errno.OK && ending == null) {
            reports.tellOfShortage(errno);
        }
        return errno == Errno.OK;
    }

    /** Lends a slot with all of its memory; null if there is none. Under the queue's lock. */
    Loan lend() {
        return ending == null ? pool.lend() : null;
    }

    void giveBack(Loan loan) {
        queue.onGivenBack(this, loan.slot());
    }

    /** The slots it gives out and takes back. */
    SlotPool pool() {
        return pool;
    }

    boolean isOpen() {
        return ending == null;
    }

    @Override
    public Message reclaimOldest() {
        return outstanding.reclaimOldest();
    }

    @Override
    public void release(int slot) {
        slots.release(slot);
    }

    @Override
    public void expire(long nowNs, long limitNs, ExpiryListener listener) {
        outstanding.expire(nowNs, limitNs, listener, freed -> queue.onEnded(this, freed));
    }

    @Override
    public void close(ChannelEnd end, String reason) {
        synchronized (ended) {
            if (ending == null) {
                ending = new Ending(end, reason);
            }
        }
        answers.wake();
    }

    /** Waits until {@link #serve} has ended the channel after it was closed. */
    public void awaitEnd() throws InterruptedException {
        ended.await();
    }

    /**
     * Takes answers until the channel is closed, then ends it: what the daemon had begun fails or is reissued, the rest
     * goes back to the queue, the file is deleted. Run by one thread, once.
     */
    public void serve() {
        try {
            while (ending == null) {
                if (takeAnswers() == 0 && answers.await()) {
                    onAwake();
                }
                if (daemonStopsNow()) {
                    detached = true;
                    detach();
                    queue.putBack(outstanding.reclaimAll());
                }
            }
        } finally {
            answers.leave();
            try {
                finish();
            } finally {
                ended.countDown();
            }
        }
    }

    /** Takes nothing more, and waits for what somebody is about to put in: for a copy at most. */
    private void detach() {
        queue.detach(this);
        while (requests.isCommitting()) {
            Thread.yield();
        }
    }

    private boolean daemonStopsNow() {
        return !detached && file.daemonStops();
    }

    private void onAwake() {
        file.count(ChannelCounter.SERVICE_SLEEPS, 1);
        // What found the request ring full of records taken back waits for nobody's end.
        queue.retry();
        if (!answers.hasAnswer()) {
            pool.trimIfIdle(file.counted(ChannelCounter.REQUESTS));
        }
    }

    /** Takes the answers there are, unless another thread is at it; how many records that were. Any thread. */
    int takeAnswers() {
        try {
            return answers.take();
        } catch (RuntimeException | Error e) {
            close(ChannelEnd.CLOSED, "the service failed: " + e);
            throw e;
        }
    }

    /** Who takes answers besides the thread that serves the channel says so there. */
    AnswerTaker answers() {
        return answers;
    }

    private final class Answers implements ResponseAdapter.Listener {
        @Override
        public void onAnswer(int slot, Message message, Errno status) {
            end(message, status);
            queue.onEnded(MemoryChannel.this, slot);
        }

        @Override
        public void onLateAnswer(int slot) {
            queue.onEnded(MemoryChannel.this, slot);
        }
    }

    private void end(Message message, Errno status) {
        try {
            message.end(status);
        } catch (RuntimeException | Error e) {
            reports.tellOfEnd(message, e);
        }
    }

    private void onViolation(String what) {
        close(ChannelEnd.REJECTED, what);
    }

    private void finish() {
        try {
            detach();
            answers.takeLast(SLOTS);
            file.end(ending.end, ending.reason);
            requests.wakeDaemon();
            disposeOfRest();
        } finally {
            retire();
        }
    }

    private void disposeOfRest() {
        List<Message> notBegun = outstanding.reclaimAll();
        queue.putBack(notBegun);
        List<Message> begun = outstanding.takeAll();
        // Only a daemon that has gone: one that was rejected is alive, and may do what it has begun after the next.
        boolean reissued = ending.end == ChannelEnd.CLOSED && queue.reissues();
        if (reissued) {
            queue.putBack(begun);
        } else {
            begun.forEach(message -> end(message, Errno.EIO));
        }
        queue.onClosed(this);
        if (ending.end == ChannelEnd.REJECTED) {
            reports.tell("closed: its daemon " + ending.reason);
        }
        reports.tellOfRest(begun.size(), notBegun.size(), reissued);
        for (String error : ChannelStat.errors(file)) {
            reports.tell("its daemon has noted: " + error);
        }
    }

    private void retire() {
        try {
            pool.retire();
        } catch (IOException e) {
            reports.tell("its file is left behind: " + e.getMessage());
        }
    }
}
