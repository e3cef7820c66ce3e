package org.dmuser.sdk.daemon;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.dmuser.channel.Polling;
import org.dmuser.sdk.Handler;
import org.dmuser.sdk.config.ConfigException;

/**
 * All there is to say about a {@link BlockDaemon} before it starts. Written by one thread and read by many after
 * {@link #conclude}, which {@link BlockDaemon#launch} calls.
 */
public final class DaemonContext {
    /** Channels at most. */
    public static final int CHANNELS_MAX = 64;

    private Path controlSocket;
    private String device;
    private String handlerName;
    private Handler handler;
    private int channels = 1;
    private boolean reconnect;
    private Polling polling = Polling.ADAPTIVE;
    private Consumer<String> reports = systemLog();
    private Duration closeTimeout = Duration.ofSeconds(5);
    private Duration retryMin = Duration.ofMillis(50);
    private Duration retryMax = Duration.ofSeconds(2);
    private Link.Connector connector;
    private boolean concluded;

    /** The service's socket. Required. */
    public DaemonContext controlSocket(Path path) {
        controlSocket = path;
        return this;
    }

    public Path controlSocket() {
        return controlSocket;
    }

    /** Where the service has its socket, and more; nothing without a service. */
    Optional<Path> runDirectory() {
        return Optional.ofNullable(controlSocket)
                .map(path -> path.toAbsolutePath().normalize().getParent());
    }

    /** The device to attach to. Required. */
    public DaemonContext device(String name) {
        device = name;
        return this;
    }

    public String device() {
        return device;
    }

    /** Whether its threads look for requests for a while before they sleep; adaptive unless set. */
    public DaemonContext polling(Polling value) {
        polling = value;
        return this;
    }

    /** What serves it, and what that is called in reports. Required; the daemon owns it from its launch on. */
    public DaemonContext handler(String name, Handler handler) {
        this.handlerName = name;
        this.handler = handler;
        return this;
    }

    public String handlerName() {
        return handlerName;
    }

    public Handler handler() {
        return handler;
    }

    /** How many channels, each with a thread that serves it: 1, unless set, to {@value #CHANNELS_MAX}. */
    public DaemonContext channels(int count) {
        channels = count;
        return this;
    }

    public int channels() {
        return channels;
    }

    /** Whether to try again for ever when the service or the device has gone away; not unless set. */
    public DaemonContext reconnect(boolean on) {
        reconnect = on;
        return this;
    }

    public boolean reconnect() {
        return reconnect;
    }

    /** Takes one line for each thing worth knowing, from any thread; the log of the JVM unless set. */
    public DaemonContext reports(Consumer<String> lines) {
        reports = lines;
        return this;
    }

    public Consumer<String> reports() {
        return reports;
    }

    /** How long requests under way are waited for at the end; 5 s unless set. */
    public DaemonContext closeTimeout(Duration timeout) {
        closeTimeout = timeout;
        return this;
    }

    public Duration closeTimeout() {
        return closeTimeout;
    }

    /** How long to wait before trying again, at first and at most; 50 ms and 2 s unless set. */
    public DaemonContext retry(Duration min, Duration max) {
        retryMin = min;
        retryMax = max;
        return this;
    }

    public Duration retryMin() {
        return retryMin;
    }

    public Duration retryMax() {
        return retryMax;
    }

    DaemonContext connector(Link.Connector connector) {
        this.connector = connector;
        return this;
    }

    Link.Connector connector() {
        return connector;
    }

    /**
     * Checks it and fills in what is left; once.
     *
     * @throws ConfigException if something is missing or out of range
     */
    public DaemonContext conclude() {
        if (concluded) {
            throw new IllegalStateException("this context was concluded before; make one for each daemon");
        }
        requireGiven(device, "the device to attach to");
        requireGiven(handler, "a handler");
        requireGiven(handlerName, "the handler's name");
        Objects.requireNonNull(reports, "reports");
        Objects.requireNonNull(polling, "polling");
        if (channels < 1 || channels > CHANNELS_MAX) {
            throw new ConfigException(channels + " channels; ask for 1 to " + CHANNELS_MAX);
        }
        if (closeTimeout.isNegative()
                || retryMin.isNegative()
                || retryMin.isZero()
                || retryMin.compareTo(retryMax) > 0) {
            throw new ConfigException("close timeout " + closeTimeout + ", retry after " + retryMin + " to " + retryMax
                    + ": times must not be negative, and must be in order");
        }
        if (connector == null) {
            requireGiven(controlSocket, "the control socket of a service");
            connector = Link.toService(controlSocket, device, handlerName, polling);
        }
        concluded = true;
        return this;
    }

    private static void requireGiven(Object value, String what) {
        if (value == null) {
            throw new ConfigException("a daemon needs " + what);
        }
    }

    private static Consumer<String> systemLog() {
        System.Logger logger = System.getLogger(BlockDaemon.class.getName());
        return line -> logger.log(System.Logger.Level.WARNING, line);
    }
}
