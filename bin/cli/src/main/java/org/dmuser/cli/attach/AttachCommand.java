package org.dmuser.cli.attach;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.dmuser.channel.ControlSocket;
import org.dmuser.channel.Errno;
import org.dmuser.cli.base.CliException;
import org.dmuser.cli.base.Console;
import org.dmuser.cli.base.Detached;
import org.dmuser.cli.base.DmuserCommand;
import org.dmuser.cli.base.EventLog;
import org.dmuser.cli.base.Grammar.Value;
import org.dmuser.cli.base.HandlerOptions;
import org.dmuser.cli.base.LongWait;
import org.dmuser.cli.base.PollOption;
import org.dmuser.cli.base.StopSignal;
import org.dmuser.sdk.DeviceInfo;
import org.dmuser.sdk.config.ByteSize;
import org.dmuser.sdk.daemon.BlockDaemon;
import org.dmuser.sdk.daemon.DaemonContext;
import org.dmuser.sdk.daemon.DaemonEnd;
import org.dmuser.sdk.registry.Handlers;
import org.dmuser.shim.service.ControlCommand;
import org.dmuser.shim.service.ControlReply;
import org.dmuser.shim.service.RunDirectory;

/** {@code dmuser attach}. */
public final class AttachCommand extends DmuserCommand {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    /** More than it takes to give up what has not begun to serve. */
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(15);

    private final Value<String> device =
            grammar.word(String.class, "DEVICE", "A device with a user target, or the control name in its table.");

    private final Value<String> handler = grammar.word(String.class, "HANDLER", HandlerOptions.HANDLER);

    private final Value<List<String>> settings = grammar.words(0, "KEY=VALUE", HandlerOptions.SETTINGS);

    private final HandlerOptions handlerOptions = new HandlerOptions(grammar);

    private final PollOption poll = new PollOption(grammar);

    private final Value<Integer> channels = grammar.option(
            int.class,
            "--channels",
            "N",
            "How many channels to attach, each with a thread: 1 to 64, and 1 unless given.",
            "1");

    private final Value<Boolean> reconnect = grammar.flag(
            "--reconnect", "Waits for the service and the device to come back when they go away, instead of ending.");

    private final Value<Boolean> detach = grammar.flag(
            "--detach", "Runs it in the background and returns when it is attached; it writes to DIR/daemon-NAME.log.");

    private final Value<Boolean> reportReady = grammar.hiddenFlag(Detached.OPTION);

    public AttachCommand() {
        super(
                "Serves a device with a handler, in a process of its own.",
                "",
                "It ends when the device is removed, when the service ends, or with Ctrl-C or SIGTERM; then what it"
                        + " has begun is finished, and the rest waits for the next. The handler may take up to 10"
                        + " minutes to close, which waits for its disk; after two seconds of that, Ctrl-C ends it at"
                        + " once. To replace a daemon without an error, attach the next one first.",
                "Exit status: 0 if it was stopped or the device was removed, 1 for any other end.",
                "  dmuser attach disk memory",
                "  dmuser attach disk file path=disk.img create=1G --channels 4 --detach");
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        RunDirectory directory = runDirectory();
        StopSignal stop = StopSignal.install(STOP_TIMEOUT);
        if (detach.get()) {
            // Without a service there may be no place for a log.
            ControlSocket.connect(directory.control()).close();
            Console.println(Detached.start(words(directory), directory.daemonLog(device.get()), stop));
            return 0;
        }
        try (Handlers handlers = handlerOptions.load()) {
            return serve(Detached.launch(reportReady.get(), () -> launch(directory, handlers)), stop, directory);
        }
    }

    private List<String> words(RunDirectory directory) {
        List<String> words = new ArrayList<>(List.of("attach", "--run-dir", directory.toString()));
        words.add(device.get());
        words.add(handler.get());
        words.addAll(settings.get());
        words.addAll(handlerOptions.words());
        words.addAll(poll.words());
        words.addAll(List.of("--channels", channels.get().toString()));
        if (reconnect.get()) {
            words.add("--reconnect");
        }
        return words;
    }

    private BlockDaemon launch(RunDirectory directory, Handlers handlers) throws IOException {
        requireDevice();
        DaemonContext context = new DaemonContext()
                .controlSocket(directory.control())
                .device(device.get())
                .handler(handler.get(), handlerOptions.create(handlers, handler.get(), settings.get()))
                .channels(channels.get())
                .reconnect(reconnect.get())
                .polling(poll.polling())
                .closeTimeout(CLOSE_TIMEOUT)
                .reports(new EventLog());
        return BlockDaemon.launch(context);
    }

    /** Before there is a handler: making one may make files. */
    private void requireDevice() throws IOException {
        ControlReply reply = client().ask(ControlCommand.ATTACHABLE, device.get());
        if (reply.errno() != Errno.OK) {
            throw new CliException(String.join("; ", reply.problems()));
        }
    }

    private int serve(BlockDaemon daemon, StopSignal stop, RunDirectory directory)
            throws InterruptedException, IOException {
        DeviceInfo info = daemon.device();
        String serving = "serving " + info.name() + " (" + ByteSize.format(info.size())
                + (info.readOnly() ? ", read-only" : "") + ") with " + handler.get() + ", process "
                + ProcessHandle.current().pid();
        stop.onRequest(() -> {
            stop.doing("closing handler " + handler.get());
            LongWait.begin(stop, "handler " + handler.get() + " to close");
            daemon.close();
        });
        Detached.ready(reportReady.get(), serving, "Ctrl-C ends it");
        return end(daemon.awaitEnd(), directory);
    }

    private int end(DaemonEnd end, RunDirectory directory) throws IOException {
        if (end.expected()) {
            new EventLog().accept("ended: " + end.reason());
            if (reportReady.get()) {
                // A log that tells of nothing wrong goes the way of everything else.
                Files.deleteIfExists(directory.daemonLog(device.get()));
            }
            return 0;
        }
        Console.error("the daemon of " + device.get() + " has ended: " + end.reason());
        return CliException.FAILED;
    }
}
