package org.dmuser.cli.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.dmuser.channel.DeliveredMessage;
import org.dmuser.channel.DirectChannel;
import org.dmuser.channel.Errno;
import org.dmuser.channel.MessageQueue;
import org.dmuser.cli.base.Bounded;
import org.dmuser.cli.base.CliException;
import org.dmuser.cli.base.LongWait;
import org.dmuser.sdk.DeviceInfo;
import org.dmuser.sdk.Handler;
import org.dmuser.sdk.config.ByteSize;
import org.dmuser.sdk.dispatch.HandlerDispatcher;
import org.dmuser.shim.dm.DeviceMapper;
import org.dmuser.shim.dm.DmException;
import org.dmuser.shim.dm.MappedDevice;
import org.dmuser.shim.dm.TargetTypes;
import org.dmuser.shim.file.BlockFile;
import org.dmuser.shim.file.IoContext;
import org.dmuser.shim.service.Problems;
import org.dmuser.shim.target.user.UserTargetType;
import org.dmuser.shim.target.user.UserTargets;

/**
 * A mapped device of one {@code user} target, served by a handler in this process on the threads that use the device,
 * or, where requests have a time limit, on {@link HandlerThreads}.
 */
final class EmbeddedDevice {
    /** Nobody waits for what is still under way when the device has been flushed: its time was up. */
    private static final Duration IDLE_PATIENCE = Duration.ofSeconds(10);

    private final HandlerDispatcher dispatcher;
    private final Consumer<String> reports;
    private final DeviceMapper mapper;
    private final MappedDevice device;
    private final MessageQueue queue;
    private final BlockFile file;
    private final LongAdder requests = new LongAdder();

    private EmbeddedDevice(
            HandlerDispatcher dispatcher, List<String> features, Path directory, Consumer<String> reports)
            throws DmException {
        this.dispatcher = dispatcher;
        this.reports = reports;
        UserTargets targets = new UserTargets(reports);
        TargetTypes types = new TargetTypes(List.of(new UserTargetType(targets)));
        mapper = new DeviceMapper(directory, types, e -> reports.accept("device mapper: " + Problems.describe(e)));
        DeviceInfo info = dispatcher.device();
        device = mapper.create(info.name());
        long sectors = info.size() / ByteSize.SECTOR;
        String table = "0 %1$d user 0 %1$d %2$s %3$s".formatted(sectors, info.name(), String.join(" ", features));
        mapper.load(info.name(), table, info.readOnly());
        device.resume(false);
        queue = targets.find(info.name()).orElseThrow().queue();
        file = new BlockFile(device);
    }

    /**
     * Opens the handler, which is closed if that fails, and puts a device in front of it.
     *
     * @param requestTimeout how long the handler may take for a request; nothing if for ever
     * @param directory where the device's file is going to be
     * @param reports told, a line each, of what goes wrong, by any thread
     */
    static EmbeddedDevice open(
            String handlerName,
            Handler handler,
            DeviceInfo info,
            Optional<Duration> requestTimeout,
            Path directory,
            Consumer<String> reports)
            throws IOException {
        HandlerDispatcher dispatcher = HandlerDispatcher.open(handlerName, handler, info, reports);
        try {
            List<String> features = requestTimeout
                    .map(time -> List.of("2", "request_timeout_ms", Long.toString(time.toMillis())))
                    .orElse(List.of());
            EmbeddedDevice embedded = new EmbeddedDevice(dispatcher, features, directory, reports);
            DirectChannel.open(
                    embedded.queue,
                    handlerName,
                    embedded::count,
                    requestTimeout.isPresent() ? HandlerThreads.make(handlerName) : Runnable::run,
                    e -> reports.accept("handler " + handlerName + ": " + Problems.describe(e)));
            return embedded;
        } catch (DmException e) {
            dispatcher.close();
            throw new CliException(e.getMessage(), e);
        }
    }

    private void count(DeliveredMessage message) {
        requests.increment();
        dispatcher.onMessage(message);
    }

    BlockFile file() {
        return file;
    }

    /** How many requests the handler was given: a number that stands still when it hangs. */
    long requests() {
        return requests.sum();
    }

    /**
     * Has the handler flush. Nobody uses the device any more.
     *
     * @param patience how long the handler may take to flush
     * @throws CliException naming a handler that hangs: then nothing more can be done but to end the process
     */
    void flush(Duration patience) throws IOException, InterruptedException {
        if (!file.readOnly()) {
            IoContext context = new IoContext(e -> reports.accept("last flush: " + Problems.describe(e)));
            Errno status = Bounded.call("last-flush", patience, () -> file.sync(context))
                    .orElseThrow(() -> hangs(patience));
            if (status != Errno.OK) {
                reports.accept("the last flush failed: " + status.text());
            }
        }
        Duration rest = patience.compareTo(IDLE_PATIENCE) < 0 ? patience : IDLE_PATIENCE;
        if (!dispatcher.awaitIdle(rest)) {
            throw hangs(rest);
        }
    }

    /**
     * Closes the handler, after it has flushed.
     *
     * @throws CliException naming a handler that hangs: then nothing more can be done but to end the process
     */
    void close() throws IOException, InterruptedException {
        mapper.close();
        boolean closed = Bounded.call("handler-close", LongWait.LIMIT, () -> {
                    dispatcher.close();
                    return true;
                })
                .isPresent();
        if (!closed) {
            throw new CliException(
                    "the handler hangs: its close() has not returned for " + LongWait.LIMIT.toSeconds() + " s");
        }
    }

    private CliException hangs(Duration waited) {
        return new CliException("the handler hangs: " + dispatcher.describeHang(waited));
    }
}
