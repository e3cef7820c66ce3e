package org.dmuser.channel;

import static org.dmuser.channel.ChannelFileDescriptor.SLOTS;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.BooleanSupplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.errors.DistinctErrorLog;
import org.agrona.concurrent.ringbuffer.RingBuffer;

/**
 * The daemon's end of a memory channel.
 *
 * <p>One thread runs {@link #serve}; another waits in {@link #awaitServiceEnd}, for a service that was killed cannot
 * say so. Answers, {@link #stop} and {@link #close} come from any thread.
 */
public final class DaemonChannel implements AutoCloseable {
    private static final int NOT_DELIVERED = 0;
    private static final int DELIVERED = 1;

    private final SocketChannel connection;
    private final String device;
    private final ChannelFile file;
    private final RingBuffer requests;
    private final RingBuffer responses;
    private final SleepWord daemonSleeps;
    private final SleepWord serviceSleeps;
    private final DistinctErrorLog errorLog;
    private final AtomicIntegerArray delivered = new AtomicIntegerArray(SLOTS);
    private final Delivery[] deliveries = new Delivery[SLOTS];
    private final ByteBuffer[] payloads = new ByteBuffer[SLOTS];
    private final BooleanSupplier work;

    private volatile boolean stopping;
    private volatile boolean serviceLost;

    DaemonChannel(SocketChannel connection, String device, ChannelFile file, Seats seats) {
        this.connection = connection;
        this.device = device;
        this.file = file;
        requests = file.requests();
        responses = file.responses();
        daemonSleeps = file.daemonSleeps(seats);
        // Never slept on by this side.
        serviceSleeps = file.serviceSleeps(Seats.none());
        errorLog = new DistinctErrorLog(file.errorLog(), SystemEpochClock.INSTANCE);
        work = () -> ChannelFile.hasRecord(requests) || hasEnded();
        Answers answers = new Answers();
        for (int slot = 0; slot < SLOTS; slot++) {
            deliveries[slot] = new Delivery(slot, answers);
            payloads[slot] = file.slot(slot);
        }
    }

    /**
     * Attaches to a device of a running service.
     *
     * @param controlSocket the service's
     * @param device the name of a mapped device with a {@code user} target, or the control name in its table
     * @param handlerName for people who ask who serves the device
     * @param polling of the thread that is to serve
     * @throws AttachException if there is no such service or device
     */
    public static DaemonChannel attach(Path controlSocket, String device, String handlerName, Polling polling)
            throws IOException {
        // It takes a good tenth of a second, in which the first requests would wait.
        Linux.load();
        SocketChannel connection = ControlSocket.connect(controlSocket);
        try {
            AttachRequest request = new AttachRequest(
                    device, handlerName, ProcessHandle.current().pid());
            AttachReply reply = request.exchange(connection);
            ChannelFile file = ChannelFile.map(reply.file());
            file.verify(reply.file());
            if (file.epoch() != reply.epoch()) {
                throw new AttachException(reply.file() + " is not the channel that was offered, but an earlier one");
            }
            Seats seats = polling == Polling.OFF
                    ? Seats.none()
                    : Seats.open(reply.file().getParent());
            return new DaemonChannel(connection, reply.device(), file, seats);
        } catch (IOException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** The control name of the target it is attached to. */
    public String device() {
        return device;
    }

    /** The size of the mapped device, in sectors of 512 bytes. */
    public long sectors() {
        return file.sectors();
    }

    public boolean readOnly() {
        return file.readOnly();
    }

    /**
     * Hands messages to {@code handler}, on this thread, until the channel has ended or {@link #stop} was called.
     *
     * @return why it returned
     */
    public ChannelEnd serve(MessageHandler handler) {
        org.agrona.concurrent.MessageHandler reader = (type, ring, index, length) -> onRequest(handler, ring, index);
        try {
            while (!hasEnded()) {
                if (requests.read(reader, SLOTS) == 0 && daemonSleeps.await(work)) {
                    file.count(ChannelCounter.DAEMON_SLEEPS, 1);
                }
            }
        } finally {
            daemonSleeps.leave();
        }
        return end();
    }

    /** Blocks until the service has closed the channel or died, and has {@link #serve} return then. */
    public void awaitServiceEnd() {
        try {
            while (connection.read(ByteBuffer.allocate(1)) >= 0) {
                // The service says nothing more on this connection: its end is the message.
            }
        } catch (IOException e) {
            // A connection closed by this side, or broken, has ended as well.
        }
        serviceLost = true;
        daemonSleeps.wakeRegardless();
    }

    /** Takes no more messages, which go to other daemons from now on; those taken may still be answered. */
    public void stop() {
        stopping = true;
        daemonSleeps.wake();
        file.stopTaking();
        // Whoever looks for answers does not look for this.
        serviceSleeps.wakeRegardless();
    }

    /** Notes, where it outlives this process, what went wrong: the service tells it when the channel ends. */
    public void report(String line) {
        errorLog.record(new Report(line));
    }

    /** How it ended, or {@link ChannelEnd#OPEN}. */
    public ChannelEnd end() {
        ChannelEnd end = file.end();
        if (end != ChannelEnd.OPEN) {
            return end;
        }
        if (stopping) {
            return ChannelEnd.CLOSED;
        }
        return serviceLost ? ChannelEnd.SERVICE_LOST : ChannelEnd.OPEN;
    }

    /** One line for a person. */
    public String endReason() {
        return switch (end()) {
            case OPEN -> "not ended";
            case DESTROYED -> "the device is gone";
            case REJECTED -> "the service closed the channel: this daemon " + file.endReason();
            case SERVICE_LOST -> "the service has died or was stopped";
            case CLOSED -> "closed";
        };
    }

    /** Lets go of the device: what was taken and is not answered fails, the rest goes to the next daemon. */
    @Override
    public void close() {
        stop();
        try {
            connection.close();
        } catch (IOException e) {
            report("its connection cannot be closed: " + e.getMessage());
        }
    }

    private boolean hasEnded() {
        return stopping || serviceLost || file.end() != ChannelEnd.OPEN;
    }

    private void onRequest(MessageHandler handler, DirectBuffer ring, int index) {
        int slot = DescriptorFlyweight.slot(ring, index);
        long seq = MessageFlyweight.seq(ring, index);
        if (hasEnded() || !file.take(slot, seq)) {
            return;
        }
        long type = MessageFlyweight.type(ring, index);
        long length = MessageFlyweight.length(ring, index);
        Delivery delivery = deliveries[slot].begin(
                seq,
                type,
                MessageFlyweight.flags(ring, index),
                MessageFlyweight.sector(ring, index),
                length,
                payload(slot, type, length));
        delivered.set(slot, DELIVERED);
        handler.onMessage(delivery);
    }

    private ByteBuffer payload(int slot, long type, long length) {
        boolean hasPayload = type == RequestType.READ.wire() || type == RequestType.WRITE.wire();
        ByteBuffer payload = payloads[slot];
        return payload.clear().limit(hasPayload ? (int) Math.min(length, payload.capacity()) : 0);
    }

    private final class Answers implements Delivery.Answers {
        @Override
        public void answer(int slot, long seq, ResponseType response, Errno errno) {
            if (!delivered.compareAndSet(slot, DELIVERED, NOT_DELIVERED)) {
                throw new IllegalStateException("message " + seq + " was answered before");
            }
            respond(slot, seq, response.wire(), errno.number());
        }

        @Override
        public void answerFrom(int slot, long seq, ByteBuffer memory, int index) {
            ByteBuffer payload = payloads[slot];
            Memory.copy(memory, index, payload, 0, payload.limit());
            answer(slot, seq, ResponseType.SUCCESS, Errno.OK);
        }
    }

    /** Sends an answer as it is, right or wrong. */
    void respond(int slot, long seq, long response, int errno) {
        int index = responses.tryClaim(DescriptorFlyweight.RECORD_TYPE, DescriptorFlyweight.LENGTH);
        if (index < 0) {
            if (hasEnded()) {
                return;
            }
            throw new IllegalStateException("the response ring is full: more answers than there were messages");
        }
        DescriptorFlyweight.putResponse(responses.buffer(), index, seq, slot, response, errno);
        responses.commit(index);
        serviceSleeps.wake();
    }

    /** A line for the error log, which takes nothing but exceptions. */
    private static final class Report extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Report(String line) {
            super(line, null, false, false);
        }

        @Override
        public String toString() {
            return getMessage();
        }
    }
}
