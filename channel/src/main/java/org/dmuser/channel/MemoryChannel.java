package org.dmuser.channel;

import static org.dmuser.channel.ChannelFileDescriptor.SLOTS;
import static org.dmuser.channel.ChannelFileDescriptor.SLOT_LENGTH;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.agrona.concurrent.ringbuffer.RingBuffer;

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
    private final Consumer<String> reports;
    private final String name;
    private final String daemon;
    private final ChannelFile file;
    private final ChannelSpace space;
    private final long epoch;
    private final RingBuffer requests;
    private final ResponseAdapter responses;
    private final SleepWord daemonSleeps;
    private final SleepWord serviceSleeps;
    private final SlotTable slots = new SlotTable(SLOTS);
    private final Loan[] loans = new Loan[SLOTS];
    private final int[] ringIndex = new int[SLOTS];
    private final SlotAges ages = new SlotAges(SLOTS);
    private final BooleanSupplier work;
    /** Whether a thread is taking answers; one at a time does. */
    private final AtomicBoolean taking = new AtomicBoolean();

    private final CountDownLatch ended = new CountDownLatch(1);

    /** Messages claimed and not yet committed: the end waits for those, so that it finds them in a definite state. */
    private final AtomicInteger committing = new AtomicInteger();

    /** A free slot that wanted memory when a claim last failed; written under the queue's lock. */
    private int slotWithoutMemory = NO_ROOM;

    private volatile Ending ending;

    /** Whether the end has come so far that slots are given back to the system; guarded by the queue's lock. */
    private boolean retired;
    /** How many requests there had been when the serving thread last slept for long. */
    private long requestsSeen;
    /** Whether the daemon has been seen to stop; the serving thread's. */
    private boolean detached;

    /** Whether it has been said that memory is short; once is enough. */
    private final AtomicBoolean shortageReported = new AtomicBoolean();

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
        this.reports = reports;
        this.name = path.getFileName().toString();
        this.daemon = daemon;
        this.file = file;
        this.space = space;
        this.epoch = epoch;
        requests = file.requests();
        responses = new ResponseAdapter(file, slots, new Answers(), this::onViolation);
        // Never slept on by this side.
        daemonSleeps = file.daemonSleeps(Seats.none());
        serviceSleeps = file.serviceSleeps(seats);
        work = () -> ending != null || responses.hasAnswer() || daemonStopsNow();
        for (int slot = 0; slot < SLOTS; slot++) {
            loans[slot] = new Loan(this, slot, file.slot(slot));
        }
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
        slotWithoutMemory = NO_ROOM;
        if (ending != null) {
            return NO_ROOM;
        }
        int length = message.payloadLength();
        for (int i = 0; i < slots.freeCount(); i++) {
            int slot = slots.freeSlot(i);
            if (space.covers(slot, length)) {
                return claim(message, i);
            }
            slotWithoutMemory = slot;
        }
        return NO_ROOM;
    }

    private int claim(Message message, int freeIndex) {
        int index = claimRecord();
        return index < 0 ? NO_ROOM : claimed(slots.put(message, freeIndex), index);
    }

    /** Gives {@code message} the slot its data is in, if it is one of this channel's. Under the queue's lock. */
    int claimInPlace(Message message) {
        int slot = message.payloadLength() == 0 ? NO_ROOM : file.slotAt(message.data());
        if (slot == NO_ROOM || ending != null || !slots.isLentAndEmpty(slot)) {
            return NO_ROOM;
        }
        int index = claimRecord();
        if (index < 0) {
            return NO_ROOM;
        }
        slots.putInPlace(message, slot);
        return claimed(slot, index);
    }

    /** Fails when the ring is full of records whose messages were taken back, because the daemon does not read them. */
    private int claimRecord() {
        return requests.tryClaim(DescriptorFlyweight.RECORD_TYPE, DescriptorFlyweight.LENGTH);
    }

    private int claimed(int slot, int index) {
        ringIndex[slot] = index;
        committing.getAndIncrement();
        return slot;
    }

    /**
     * Lends a slot with all of its memory; null if there is none. Never slot 0: what is submitted while others hold
     * loans has to find a slot sooner or later. Under the queue's lock.
     */
    Loan lend() {
        slotWithoutMemory = NO_ROOM;
        for (int i = 0; ending == null && i < slots.freeCount(); i++) {
            int slot = slots.freeSlot(i);
            if (slot != 0 && space.covers(slot, SLOT_LENGTH)) {
                return loans[slots.lend(i)];
            }
            if (slot != 0) {
                slotWithoutMemory = slot;
            }
        }
        return null;
    }

    void giveBack(Loan loan) {
        queue.onGivenBack(this, loan.slot());
    }

    /** Ends a loan; whether the channel had ended before. Under the queue's lock. */
    boolean takeBack(int slot) {
        slots.giveBack(slot);
        return retired;
    }

    /** After the end of a loan that outlived the channel. Under no lock. */
    void comeBack(int slot) {
        space.comeBack(slot);
    }

    boolean isOpen() {
        return ending == null;
    }

    @Override
    public void commit(int slot) {
        try {
            publish(slot, ringIndex[slot], slots.message(slot));
        } catch (RuntimeException e) {
            // The daemon can write to the ring; what it does to it must not hurt anybody else.
            close(ChannelEnd.REJECTED, "has damaged the request ring: " + e.getMessage());
        } finally {
            committing.getAndDecrement();
        }
    }

    /** From the moment the slot is queued, the message may be answered, and the slot be another's. */
    private void publish(int slot, int index, Message message) {
        if (message.carriesData()) {
            int length = message.payloadLength();
            if (!slots.isInPlace(slot)) {
                file.putPayload(slot, message.data(), length);
            }
            file.count(ChannelCounter.BYTES_WRITTEN, length);
        }
        file.count(ChannelCounter.REQUESTS, 1);
        DescriptorFlyweight.putRequest(requests.buffer(), index, message, slot);
        file.queue(slot, message.seq());
        requests.commit(index);
        daemonSleeps.wake();
    }

    @Override
    public boolean grow(int length) {
        int slot = slotWithoutMemory;
        if (slot == NO_ROOM) {
            return false;
        }
        Errno errno = space.cover(slot, length);
        if (errno != Errno.OK && ending == null && shortageReported.compareAndSet(false, true)) {
            report("no shared memory for another slot, going on with fewer: " + errno.text());
        }
        return errno == Errno.OK;
    }

    @Override
    public Message reclaimOldest() {
        int oldest = NO_ROOM;
        for (int slot = 0; slot < SLOTS; slot++) {
            long seq = slots.seq(slot);
            if (seq >= 0 && file.isQueued(slot, seq) && (oldest == NO_ROOM || seq < slots.seq(oldest))) {
                oldest = slot;
            }
        }
        Message message = oldest == NO_ROOM ? null : reclaim(oldest, slots.seq(oldest));
        if (message != null) {
            slots.release(oldest);
        }
        return message;
    }

    /** The message in the slot, taken back from the daemon; null if that has begun it, or it has ended. */
    private Message reclaim(int slot, long seq) {
        return seq >= 0 && file.reclaim(slot, seq) ? slots.take(slot, seq) : null;
    }

    @Override
    public void release(int slot) {
        slots.release(slot);
    }

    @Override
    public void expire(long nowNs, long limitNs, ExpiryListener listener) {
        for (int slot = 0; slot < SLOTS; slot++) {
            long seq = slots.seq(slot);
            // Before that, the submitter may still be copying the message.
            boolean published = seq >= 0 && (file.isQueued(slot, seq) || file.isTaken(slot, seq));
            if (published && ages.ageNs(slot, seq, nowNs) >= limitNs) {
                expire(slot, seq, listener);
            }
        }
    }

    private void expire(int slot, long seq, ExpiryListener listener) {
        Message notBegun = reclaim(slot, seq);
        if (notBegun != null) {
            expire(notBegun, listener);
            queue.onEnded(this, slot);
            return;
        }
        Message begun = slots.expire(slot, seq);
        if (begun != null) {
            expire(begun, listener);
        }
    }

    private void expire(Message message, ExpiryListener listener) {
        try {
            message.expire(daemon, listener);
        } catch (RuntimeException | Error e) {
            reportEnd(message, e);
        }
    }

    @Override
    public void close(ChannelEnd end, String reason) {
        synchronized (ended) {
            if (ending == null) {
                ending = new Ending(end, reason);
            }
        }
        serviceSleeps.wakeRegardless();
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
                if (takeAnswers() == 0 && serviceSleeps.await(work)) {
                    file.count(ChannelCounter.SERVICE_SLEEPS, 1);
                    // What found the request ring full of records taken back waits for nobody's end.
                    queue.retry();
                    if (!responses.hasAnswer()) {
                        trimIfIdle();
                    }
                }
                if (daemonStopsNow()) {
                    detached = true;
                    queue.detach(this);
                    queue.putBack(reclaimAll());
                }
            }
        } finally {
            serviceSleeps.leave();
            try {
                finish();
            } finally {
                ended.countDown();
            }
        }
    }

    /** Takes the answers there are, unless another thread is at it; how many records that were. Any thread. */
    int takeAnswers() {
        if (taking.get() || !taking.compareAndSet(false, true)) {
            return 0;
        }
        try {
            return responses.drain();
        } catch (RuntimeException | Error e) {
            close(ChannelEnd.CLOSED, "the service failed: " + e);
            throw e;
        } finally {
            taking.set(false);
        }
    }

    /** Another thread than the one that serves the channel takes its answers from now on. */
    void beginLooking() {
        serviceSleeps.beginLooking();
    }

    /** It does so no more. */
    void endLooking() {
        serviceSleeps.endLooking(work);
    }

    private boolean daemonStopsNow() {
        return !detached && file.daemonStops();
    }

    /** What the daemon has not begun, for others. The slots stay in use: there will be no more claims. */
    private List<Message> reclaimAll() {
        List<Message> messages = new ArrayList<>();
        for (int slot = 0; slot < SLOTS; slot++) {
            Message message = reclaim(slot, slots.seq(slot));
            if (message != null) {
                messages.add(message);
            }
        }
        return messages;
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

    private void onViolation(String what) {
        close(ChannelEnd.REJECTED, what);
    }

    private void finish() {
        try {
            queue.detach(this);
            // For good: nobody else takes answers of this channel any more.
            while (committing.get() > 0 || !taking.compareAndSet(false, true)) {
                Thread.onSpinWait();
            }
            drainAll();
            file.end(ending.end, ending.reason);
            daemonSleeps.wake();
            List<Message> notBegun = reclaimAll();
            queue.putBack(notBegun);
            List<Message> begun = takeBegun();
            // Only a daemon that has gone: one that was rejected is alive, and may do what it has begun after the next.
            boolean reissued = ending.end == ChannelEnd.CLOSED && queue.reissues();
            if (reissued) {
                queue.putBack(begun);
            } else {
                begun.forEach(message -> end(message, Errno.EIO));
            }
            queue.onClosed(this);
            tell(notBegun.size(), begun.size(), reissued);
        } finally {
            retire();
        }
    }

    /**
     * What the daemon answered before it went counts, even if it is dead by now. A read stops at the end of the ring,
     * so one is not enough; but a daemon that goes on answering is not waited for.
     */
    private void drainAll() {
        int answers = 0;
        int count;
        do {
            count = responses.drain();
            answers += count;
        } while (count > 0 && answers < SLOTS);
    }

    private List<Message> takeBegun() {
        List<Message> messages = new ArrayList<>();
        for (int slot = 0; slot < SLOTS; slot++) {
            Message message = slots.takeAny(slot);
            if (message != null) {
                messages.add(message);
            }
        }
        return messages;
    }

    private void end(Message message, Errno status) {
        try {
            message.end(status);
        } catch (RuntimeException | Error e) {
            reportEnd(message, e);
        }
    }

    private void reportEnd(Message message, Throwable failure) {
        report("the end of " + message + " failed: " + failure);
    }

    private void tell(int notBegun, int begun, boolean reissued) {
        if (ending.end == ChannelEnd.REJECTED) {
            report("closed: its daemon " + ending.reason);
        }
        if (begun > 0) {
            report(begun + " requests its daemon had begun " + (reissued ? "are to be reissued" : "failed with EIO")
                    + ", " + notBegun + " it had not begun wait for the next");
        }
        for (String error : ChannelStat.errors(file)) {
            report("its daemon has noted: " + error);
        }
    }

    private void report(String line) {
        try {
            reports.accept("channel " + name + ": " + line);
        } catch (RuntimeException e) {
            // Whoever wants to know cannot be told.
        }
    }

    private void retire() {
        long lent = queue.guarded(() -> {
            retired = true;
            return slots.lent();
        });
        try {
            space.retire(lent);
        } catch (IOException e) {
            report("its file is left behind: " + e.getMessage());
        }
    }

    /** After a while without requests the slots need no memory, but for slot 0. */
    private void trimIfIdle() {
        long requestsNow = file.counted(ChannelCounter.REQUESTS);
        if (requestsNow == requestsSeen && space.extra() != 0) {
            space.trim(() -> queue.guarded(this::uncoverFreeSlots));
        }
        requestsSeen = requestsNow;
    }

    private long uncoverFreeSlots() {
        long uncovered = 0;
        for (int i = 0; i < slots.freeCount(); i++) {
            int slot = slots.freeSlot(i);
            if (slot != 0) {
                space.uncover(slot);
                uncovered |= 1L << slot;
            }
        }
        return uncovered;
    }
}
