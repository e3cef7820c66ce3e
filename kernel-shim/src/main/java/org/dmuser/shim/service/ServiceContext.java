package org.dmuser.shim.service;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.dmuser.channel.Polling;
import org.dmuser.shim.fuse.FuseTransport;

/**
 * All there is to say about a {@link Service} before it starts. Written by one thread; concluded once, by the service.
 */
public final class ServiceContext {
    private static final int CONNECTIONS_MAX = 1024;

    private RunDirectory runDirectory;
    private Consumer<String> events = line -> {};
    private Optional<Path> log = Optional.empty();
    private FuseTransport transport;
    private Polling polling = Polling.ADAPTIVE;
    private ClassLoader targetLoader = ServiceContext.class.getClassLoader();
    private int connectionsMax = CONNECTIONS_MAX;
    private boolean concluded;

    /** Where it is found. Required. */
    public ServiceContext runDirectory(RunDirectory directory) {
        runDirectory = directory;
        return this;
    }

    public RunDirectory runDirectory() {
        return runDirectory;
    }

    /** Takes a line for each thing that happens, from any thread, and is to be quick; nobody unless set. */
    public ServiceContext events(Consumer<String> lines) {
        events = lines;
        return this;
    }

    public Consumer<String> events() {
        return events;
    }

    /** Where its events go, if to a file: it is deleted when the service has ended and nothing went wrong. */
    public ServiceContext log(Path file) {
        log = Optional.of(file);
        return this;
    }

    public Optional<Path> log() {
        return log;
    }

    /** How devices become files; {@link FuseKind#AUTO} unless set. */
    public ServiceContext transport(FuseTransport fuse) {
        transport = fuse;
        return this;
    }

    public FuseTransport transport() {
        return transport;
    }

    /** Whether those who wait for requests and answers look for them for a while; adaptive unless set. */
    public ServiceContext polling(Polling value) {
        polling = value;
        return this;
    }

    public Polling polling() {
        return polling;
    }

    /** Where target types are looked for, to stay open as long as the service runs; beside this class unless set. */
    public ServiceContext targetLoader(ClassLoader loader) {
        targetLoader = loader;
        return this;
    }

    public ClassLoader targetLoader() {
        return targetLoader;
    }

    /** How many connections it has at a time, channels among them; {@value #CONNECTIONS_MAX} unless set. */
    public ServiceContext connectionsMax(int count) {
        connectionsMax = count;
        return this;
    }

    public int connectionsMax() {
        return connectionsMax;
    }

    ServiceContext conclude() {
        if (concluded) {
            throw new IllegalStateException("this context was concluded before; make one for each service");
        }
        Objects.requireNonNull(runDirectory, "a service needs a run directory");
        Objects.requireNonNull(events, "events");
        Objects.requireNonNull(polling, "polling");
        Objects.requireNonNull(targetLoader, "targetLoader");
        if (connectionsMax < 1) {
            throw new IllegalArgumentException("a service for " + connectionsMax + " connections");
        }
        if (transport == null) {
            transport = FuseKind.AUTO.transport(e -> events.accept("FUSE: " + Problems.describe(e)));
        }
        concluded = true;
        return this;
    }
}
