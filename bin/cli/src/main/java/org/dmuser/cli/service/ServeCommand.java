package org.dmuser.cli.service;

import java.io.IOException;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.dmuser.cli.base.CliException;
import org.dmuser.cli.base.Console;
import org.dmuser.cli.base.Detached;
import org.dmuser.cli.base.DmuserCommand;
import org.dmuser.cli.base.EventLog;
import org.dmuser.cli.base.Grammar.Value;
import org.dmuser.cli.base.SpeedOptions;
import org.dmuser.cli.base.StopSignal;
import org.dmuser.sdk.registry.ClassPath;
import org.dmuser.shim.service.Problems;
import org.dmuser.shim.service.RunDirectory;
import org.dmuser.shim.service.Service;
import org.dmuser.shim.service.ServiceContext;

/** {@code dmuser serve}. */
public final class ServeCommand extends DmuserCommand {
    /** Enough for a few devices that hang. */
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(60);

    private final Value<Boolean> detach = grammar.flag(
            "--detach", "Runs it in the background and returns when it is ready; it writes to DIR/service.log.");

    private final Value<String> classPath = grammar.option(
            String.class,
            "--classpath",
            "JARS",
            "Jars and directories to look for target types in, with ':' between them.",
            "");

    private final SpeedOptions speed = new SpeedOptions(grammar);

    private final Value<Boolean> reportReady = grammar.hiddenFlag(Detached.OPTION);

    public ServeCommand() {
        super(
                "Runs the service: it holds devices, shows each as a file in DIR/mapper, and lets daemons attach.",
                "",
                "It ends with 'dmuser stop', Ctrl-C or SIGTERM: all devices are removed then, even if they are in use."
                        + " What a service that was killed has left behind is cleaned up first.",
                "  dmuser serve --detach",
                "  dmuser create disk --table '0 2097152 user 0 2097152 disk'");
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        RunDirectory directory = runDirectory();
        StopSignal stop = StopSignal.install(STOP_TIMEOUT);
        try (URLClassLoader targets = ClassPath.open(classPath.get())) {
            return detach.get() ? detach(directory, stop) : serve(directory, targets, stop);
        }
    }

    private int serve(RunDirectory directory, URLClassLoader targets, StopSignal stop)
            throws IOException, InterruptedException {
        try (Service service = Detached.launch(reportReady.get(), () -> launch(directory, targets))) {
            stop.onRequest(service::requestStop);
            String serving = "serving " + directory + ", process "
                    + ProcessHandle.current().pid();
            Detached.ready(reportReady.get(), serving, "'dmuser stop' or Ctrl-C ends it");
            service.awaitStopRequest();
            return service.stop().isEmpty() ? 0 : CliException.FAILED;
        }
    }

    private int detach(RunDirectory directory, StopSignal stop) throws IOException {
        directory.make();
        try {
            List<String> arguments = new ArrayList<>(List.of("serve", "--run-dir", directory.toString()));
            arguments.addAll(speed.words());
            if (!classPath.get().isEmpty()) {
                arguments.addAll(List.of("--classpath", classPath.get()));
            }
            Console.println(Detached.start(arguments, directory.serviceLog(), stop));
            return 0;
        } catch (CliException e) {
            directory.deleteIfEmpty();
            throw e;
        }
    }

    private Service launch(RunDirectory directory, URLClassLoader targets) throws IOException {
        EventLog events = new EventLog();
        ServiceContext context = new ServiceContext()
                .runDirectory(directory)
                .events(events)
                .polling(speed.polling())
                .transport(speed.fuse().transport(e -> events.accept("FUSE: " + Problems.describe(e))));
        if (!classPath.get().isEmpty()) {
            context.targetLoader(targets);
        }
        if (reportReady.get()) {
            context.log(directory.serviceLog());
        }
        return Service.launch(context);
    }
}
