package org.dmuser.shim.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.dmuser.channel.Errno;
import org.dmuser.channel.OwnerOnly;
import org.dmuser.shim.dm.DeviceMapper;
import org.dmuser.shim.dm.TargetTypes;
import org.dmuser.shim.fuse.FuseTransport;
import org.dmuser.shim.target.user.UserTargetType;
import org.dmuser.shim.target.user.UserTargets;

/**
 * A running service: the one place where its parts are put together.
 *
 * <pre>{@code
 * try (Service service = Service.launch(new ServiceContext().runDirectory(directory))) {
 *     service.awaitStopRequest();
 * }
 * }</pre>
 */
public final class Service implements AutoCloseable {
    private final RunDirectory directory;
    private final Consumer<String> events;
    private final Optional<Path> log;
    private final ServiceLock lock;
    private final ChannelDirectory channels;
    private final DeviceMapper mapper;
    private final StreamChannels streams;
    private final Devices devices;
    private final ControlServer server;
    private final CountDownLatch stopRequested = new CountDownLatch(1);
    private boolean closed;

    private Service(ServiceContext context, ServiceLock lock, ChannelDirectory channels) throws IOException {
        this.directory = context.runDirectory();
        this.events = context.events();
        this.log = context.log();
        this.lock = lock;
        this.channels = channels;
        UserTargets targets = new UserTargets(events);
        mapper = new DeviceMapper(
                directory.path(),
                targetTypes(context, targets),
                e -> events.accept("device mapper: " + Problems.describe(e)));
        streams = StreamChannels.open(directory, targets, channels.seats(), events);
        FuseTransport transport = (file, mountPoint, options) ->
                context.transport().mount(file, mountPoint, options.withSeats(channels.seats()));
        devices = new Devices(directory, mapper, targets, transport, events);
        server = serve(context, targets);
    }

    private ControlServer serve(ServiceContext context, UserTargets targets) throws IOException {
        try {
            return ControlServer.open(
                    context,
                    new Commands(devices, mapper.types()),
                    new Attachment(devices, channels, events),
                    stopRequested::countDown);
        } catch (IOException | RuntimeException | Error e) {
            streams.close();
            throw e;
        }
    }

    private static TargetTypes targetTypes(ServiceContext context, UserTargets targets) throws ServiceException {
        try {
            return TargetTypes.load(context.targetLoader(), new UserTargetType(targets));
        } catch (IllegalArgumentException e) {
            throw new ServiceException(e.getMessage(), e);
        }
    }

    /**
     * Cleans up what a service that died has left, and starts. It answers when this returns.
     *
     * @throws IOException in one line, why not; nothing is left then
     */
    public static Service launch(ServiceContext context) throws IOException {
        context.conclude();
        RunDirectory directory = context.runDirectory();
        directory.make();
        ServiceLock lock = ServiceLock.take(directory);
        ChannelDirectory channels = null;
        try {
            Leftovers.remove(directory, context.events());
            Files.createDirectories(directory.mapper(), OwnerOnly.directory());
            Files.createDirectories(directory.node(), OwnerOnly.directory());
            channels = ChannelDirectory.make(directory, context.polling(), context.events());
            return new Service(context, lock, channels);
        } catch (IOException | RuntimeException | Error e) {
            if (channels != null) {
                channels.close();
            }
            lock.close();
            throw e;
        }
    }

    /** Blocks until somebody says {@code stop} on the socket, or {@link #requestStop} is called. */
    public void awaitStopRequest() throws InterruptedException {
        stopRequested.await();
    }

    public void requestStop() {
        stopRequested.countDown();
    }

    /** {@link #stop}, with what went wrong told to nobody but the events. */
    @Override
    public void close() {
        stop();
    }

    /**
     * Removes all devices, by force, and everything else; idempotent. Bounded in time, whatever daemons and users of
     * devices do.
     *
     * @return what could not be cleaned up, a line each
     */
    public synchronized List<String> stop() {
        if (closed) {
            return List.of();
        }
        closed = true;
        List<String> problems = new ArrayList<>();
        Steps steps = new Steps(problems);
        steps.run(server::stopAccepting);
        problems.addAll(devices.removeAll());
        steps.run(server::close);
        mapper.close();
        steps.run(streams::close);
        steps.run(channels::close);
        steps.run(() -> Files.deleteIfExists(directory.mapper()));
        steps.run(() -> Files.deleteIfExists(directory.node()));
        steps.run(() -> Files.deleteIfExists(directory.control()));
        problems.forEach(problem -> events.accept("stop: " + problem));
        server.tellStopped(new ControlReply(problems.isEmpty() ? Errno.OK : Errno.EIO, List.of(), problems));
        if (problems.isEmpty() && log.isPresent()) {
            steps.run(() -> Files.deleteIfExists(log.get()));
        }
        steps.run(lock::close);
        steps.run(directory::deleteIfEmpty);
        return problems;
    }

    /** Things to do one after the other, whether or not those before went well. */
    private record Steps(List<String> problems) {
        interface Step {
            void run() throws IOException;
        }

        void run(Step step) {
            try {
                step.run();
            } catch (IOException | RuntimeException e) {
                problems.add(Problems.describe(e));
            }
        }
    }
}
