package org.dmuser.sdk.dispatch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.dmuser.channel.DeliveredMessage;
import org.dmuser.channel.Errno;
import org.dmuser.channel.MessageHandler;
import org.dmuser.channel.RequestType;
import org.dmuser.sdk.AsyncBlockHandler;
import org.dmuser.sdk.BlockException;
import org.dmuser.sdk.BlockHandler;
import org.dmuser.sdk.DeviceInfo;
import org.dmuser.sdk.Handler;
import org.dmuser.sdk.Operation;
import org.dmuser.sdk.config.ByteSize;

/**
 * Runs a handler for a device: checks each message before the handler sees it, and answers it exactly once whatever the
 * handler does.
 *
 * <p>{@link #onMessage} may be called by any number of threads, for any number of channels. It owns the handler from
 * {@link #open} to {@link #close}.
 */
public final class HandlerDispatcher implements MessageHandler, AutoCloseable {
    /** How long {@link #close()} waits for requests under way. */
    public static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private static final int SECTOR_SHIFT = 9;

    private final String name;
    private final Handler handler;
    private final DeviceInfo device;
    private final boolean readOnly;
    private final Reports reports;
    private final InFlight inFlight = new InFlight();
    private final Outcome outcome;
    private final Server server;
    private final AtomicBoolean closed = new AtomicBoolean();

    private HandlerDispatcher(String name, Handler handler, DeviceInfo device, Consumer<String> reports) {
        this.name = name;
        this.handler = handler;
        this.device = device;
        this.readOnly = device.readOnly() || handler.readOnly();
        this.reports = new Reports(reports, System::nanoTime);
        this.outcome = new Outcome(name, this.reports, inFlight);
        this.server = handler instanceof AsyncBlockHandler async
                ? new AsyncServer(async, outcome)
                : new SyncServer((BlockHandler) handler, outcome);
    }

    /**
     * Opens {@code handler} for {@code device}. If that fails, the handler has been closed.
     *
     * @param name what the handler is called in reports
     * @param reports takes one line for each thing that goes wrong, though not more than a few a second; called from
     *     any thread, and should be quick
     * @throws IOException if the handler is too small for the device, or its own {@code open} failed
     */
    public static HandlerDispatcher open(String name, Handler handler, DeviceInfo device, Consumer<String> reports)
            throws IOException {
        try {
            requireRoom(handler, device);
            HandlerDispatcher dispatcher = new HandlerDispatcher(name, handler, device, reports);
            handler.open(device);
            return dispatcher;
        } catch (Throwable failure) {
            try {
                handler.close();
            } catch (Throwable alsoFailed) {
                failure.addSuppressed(alsoFailed);
            }
            throw new IOException(
                    "handler " + name + " cannot serve device " + device.name() + ": " + Failures.sentence(failure),
                    failure);
        }
    }

    /** The device it serves. */
    public DeviceInfo device() {
        return device;
    }

    @Override
    public void onMessage(DeliveredMessage message) {
        if (!inFlight.begin()) {
            outcome.refused(message, Errno.EIO);
            return;
        }
        Operation operation = operation(RequestType.of(message.type()));
        if (operation == null) {
            outcome.refused(message, Errno.EOPNOTSUPP);
            return;
        }
        dispatch(message, operation, message.sector(), message.length());
    }

    private void dispatch(DeliveredMessage message, Operation operation, long sector, long length) {
        ByteBuffer payload = operation.hasBuffer() && length != 0 ? message.payload() : null;
        Errno errno = operation == Operation.FLUSH ? Errno.OK : check(operation, sector, length, payload);
        if (errno != Errno.OK) {
            outcome.refused(message, errno);
            if (errno != Errno.EROFS) {
                outcome.report(operation + " of " + length + " bytes at sector " + sector + " of a device of "
                        + (device.size() >> SECTOR_SHIFT) + " sectors was refused with " + errno);
            }
            return;
        }
        if (payload != null) {
            payload.clear().limit((int) length).order(ByteOrder.BIG_ENDIAN);
        }
        server.serve(message, operation, message.flags(), sector << SECTOR_SHIFT, length, payload);
    }

    private Errno check(Operation operation, long sector, long length, ByteBuffer payload) {
        if (length < 0 || length % ByteSize.SECTOR != 0) {
            return Errno.EINVAL;
        }
        long sectors = device.size() >> SECTOR_SHIFT;
        if (sector < 0 || sector > sectors || length >> SECTOR_SHIFT > sectors - sector) {
            return Errno.EIO;
        }
        if (payload != null && payload.capacity() < length) {
            return Errno.EINVAL;
        }
        return readOnly && operation.modifies() && length > 0 ? Errno.EROFS : Errno.OK;
    }

    /** What a handler calls it; null for what no handler knows. */
    private static Operation operation(RequestType type) {
        if (type == null) {
            return null;
        }
        return switch (type) {
            case READ -> Operation.READ;
            case WRITE -> Operation.WRITE;
            case FLUSH -> Operation.FLUSH;
            case DISCARD -> Operation.DISCARD;
            case WRITE_ZEROES -> Operation.WRITE_ZEROES;
            default -> null;
        };
    }

    /** {@link #close(Duration)} within {@link #CLOSE_TIMEOUT}. */
    @Override
    public void close() throws IOException {
        close(CLOSE_TIMEOUT);
    }

    /**
     * Waits for the requests under way, then closes the handler; later messages fail with EIO. If requests are still
     * under way when the time is up, that is reported with the place where the handler hangs, and it stays open.
     *
     * @throws IOException if the handler's {@code close} failed
     */
    public void close(Duration timeout) throws IOException {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        inFlight.refuse();
        try {
            if (!awaitIdle(timeout)) {
                outcome.report(describeHang(timeout) + "; it is not closed");
                return;
            }
            handler.close();
        } catch (IOException | RuntimeException | Error e) {
            throw new IOException("handler " + name + " failed to close: " + Failures.describe(e), e);
        } finally {
            reports.startSecond();
        }
    }

    /**
     * Waits until no message is under way: all have been answered.
     *
     * @return false if the time was up first
     */
    public boolean awaitIdle(Duration timeout) {
        try {
            return inFlight.awaitNone(timeout.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return inFlight.count() == 0;
        }
    }

    /** {@code "2 requests are still under way after 5 s (thread T at some.Handler.read(Handler.java:12))"}. */
    public String describeHang(Duration waited) {
        long count = inFlight.count();
        String threads = String.join(", ", HungThreads.insideHandlers());
        return count + (count == 1 ? " request is" : " requests are") + " still under way after " + waited.toMillis()
                + " ms" + (threads.isEmpty() ? "" : " (" + threads + ")");
    }

    private static void requireRoom(Handler handler, DeviceInfo device) throws IOException {
        long size = handler.size();
        if (size != Handler.ANY_SIZE && size < device.size()) {
            throw new BlockException(
                    Errno.ENOSPC,
                    "it holds " + ByteSize.format(size) + ", and the device has " + ByteSize.format(device.size()));
        }
    }
}
