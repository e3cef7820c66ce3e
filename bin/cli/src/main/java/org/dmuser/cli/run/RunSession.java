package org.dmuser.cli.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.dmuser.channel.Seats;
import org.dmuser.cli.base.CliException;
import org.dmuser.cli.base.Console;
import org.dmuser.cli.base.EventLog;
import org.dmuser.cli.base.LongWait;
import org.dmuser.cli.base.StopSignal;
import org.dmuser.cli.base.UndoStack;
import org.dmuser.cli.system.LoopDevice;
import org.dmuser.cli.system.MountPoint;
import org.dmuser.sdk.DeviceInfo;
import org.dmuser.sdk.Handler;
import org.dmuser.sdk.config.ByteSize;
import org.dmuser.shim.fuse.FuseMount;
import org.dmuser.shim.fuse.FuseTransport;
import org.dmuser.shim.fuse.MountOptions;
import org.dmuser.shim.service.Problems;
import org.dmuser.shim.service.RunDirectory;

/** One run: sets up, step by step, waits for the end, and undoes it all, whichever way it came to an end. */
public final class RunSession {
    /** Where a run without {@code --at} has its file; not needed for others. */
    public interface RunDirectorySource {
        RunDirectory get() throws IOException;
    }

    /** Longer than any single step of the end without a sign of life. */
    public static final Duration STOP_TIMEOUT = Duration.ofSeconds(45);

    /** How long a handler may stand still at the end before it is taken for hanging. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final long WATCH_INTERVAL_MS = 500;
    private static final int NAME_LENGTH_MAX = 64;

    /** How long unmounting waits for requests under way, at each of its two steps. */
    private static final long UNMOUNT_TIMEOUT_MS = 4_000;

    /** For a handler that has had its time. */
    private static final Duration HUNG_PATIENCE = Duration.ofSeconds(1);

    private final RunPlan plan;
    private final RunDirectorySource runDirectory;
    private final StopSignal stop;
    private final UndoStack undo;
    private final EventLog events = new EventLog();

    private EmbeddedDevice device;
    private FuseMount mount;
    private List<LoopDevice> loops = List.of();

    /** Whether requests did not end although the device was unmounted. */
    private boolean hangs;

    /** Whether the file system is, so that the kernel, which writes back after that, is to be waited for. */
    private boolean isUnmounted;

    public RunSession(RunPlan plan, RunDirectorySource runDirectory, StopSignal stop) {
        this.plan = plan;
        this.runDirectory = runDirectory;
        this.stop = stop;
        this.undo = new UndoStack(stop);
    }

    /** Answers the exit status. */
    public int run() throws IOException, InterruptedException {
        try {
            setUp();
            if (!stop.isRequested()) {
                awaitEnd();
            }
        } catch (IOException | RuntimeException e) {
            if (!stop.isRequested()) {
                undo.unwind().forEach(Console::error);
                throw e;
            }
            // What failed is what was broken off.
        }
        return end();
    }

    private int end() {
        List<String> problems = undo.unwind();
        problems.forEach(Console::error);
        if (problems.isEmpty()) {
            Console.println("ended; everything is undone");
        }
        return problems.isEmpty() ? 0 : CliException.FAILED;
    }

    private void setUp() throws IOException, InterruptedException {
        Path file = place();
        openDevice(file);
        mount(file);
        if (plan.loop() && !stop.isRequested()) {
            attachLoop(file);
        }
        if (plan.fileSystem().isPresent() && !stop.isRequested()) {
            String target = loops.isEmpty() ? file.toString() : loops.get(0).toString();
            plan.fileSystem().get().make(target, plan.force(), stop);
            Console.println(plan.fileSystem().get().type() + " is made on it");
        }
        if (plan.mountPoint().isPresent() && !stop.isRequested()) {
            mountFileSystem(plan.mountPoint().get());
        }
        if (!stop.isRequested()) {
            Console.println("Ctrl-C ends it, as does unmounting " + lastMounted(file));
        }
    }

    private Path place() throws IOException {
        Path named;
        if (plan.at().isPresent()) {
            named = plan.at().get();
        } else {
            RunPlace place = RunPlace.make(runDirectory.get());
            undo.pushAgain("deleting " + place.path(), place::delete);
            named = place.path().resolve(deviceName());
        }
        FilePlace place = FilePlace.at(named);
        undo.pushAgain("deleting " + place.file(), place::delete);
        return place.file();
    }

    private void openDevice(Path file) throws IOException {
        Handler handler = plan.handler().make(undo);
        DeviceInfo info;
        try {
            info = new DeviceInfo(deviceName(), size(handler), plan.readOnly() || handler.readOnly());
        } catch (RuntimeException e) {
            handler.close();
            throw e;
        }
        device = EmbeddedDevice.open(handlerName(), handler, info, plan.requestTimeout(), file.getParent(), events);
        undo.push("closing handler " + handlerName(), this::closeDevice);
    }

    private void closeDevice() throws IOException, InterruptedException {
        LongWait closing = LongWait.begin(stop, "handler " + handlerName() + " to close");
        try {
            device.flush(hangs ? HUNG_PATIENCE : LongWait.LIMIT);
            stop.alive();
            device.close();
        } finally {
            closing.close();
        }
    }

    private long size(Handler handler) {
        if (plan.size().isPresent()) {
            return plan.size().get();
        }
        if (handler.size() == Handler.ANY_SIZE) {
            throw CliException.usage("handler " + handlerName() + " has no size of its own: give one, as in --size 1G");
        }
        long whole = handler.size() / ByteSize.SECTOR * ByteSize.SECTOR;
        if (whole == 0) {
            throw new CliException("handler " + handlerName() + " has " + ByteSize.format(handler.size())
                    + ", less than a sector of 512 bytes");
        }
        return whole;
    }

    private String handlerName() {
        return plan.handler().name();
    }

    /** A name of a mapped device made of that of a handler, which may be a class. */
    private String deviceName() {
        String name = handlerName().replaceAll(".*[.$/]", "").replaceAll("[^A-Za-z0-9_-]", "_");
        return name.isEmpty() || name.equals("control")
                ? "disk"
                : name.substring(0, Math.min(name.length(), NAME_LENGTH_MAX));
    }

    private void mount(Path file) throws IOException {
        FuseTransport transport = plan.speed().fuse().transport(e -> events.accept("FUSE: " + Problems.describe(e)));
        MountOptions options = MountOptions.of(deviceName())
                .withEndTimeoutMs(UNMOUNT_TIMEOUT_MS)
                .withSeats(Seats.ofProcess(plan.speed().polling()));
        mount = transport.mount(device.file(), file, options);
        undo.push("unmounting " + file, this::unmountFile);
        Console.println("%s, %s%s, is %s"
                .formatted(
                        handlerName(),
                        ByteSize.format(device.file().size()),
                        device.file().readOnly() ? ", read-only" : "",
                        file));
    }

    private void unmountFile() throws IOException {
        hangs = true;
        mount.close();
        hangs = false;
    }

    private void attachLoop(Path file) throws IOException, InterruptedException {
        undo.pushAgain("detaching loop devices from " + file, () -> detachLoops(file));
        LoopDevice loop = LoopDevice.attach(file, device.file().readOnly(), stop);
        loops = List.of(loop);
        Console.println("its loop device is " + loop + (loop.isDirect() ? " (direct I/O)" : ""));
        if (!loop.isDirect()) {
            Console.error(loop + " works without direct I/O: the kernel does not offer it here");
        }
    }

    /** All of them: one that somebody else has made on the file will be of no use, either. */
    private void detachLoops(Path file) throws IOException, InterruptedException {
        Set<LoopDevice> all = new LinkedHashSet<>(LoopDevice.on(file));
        for (LoopDevice loop : all) {
            loop.letGo(device::requests, PATIENCE, stop);
        }
        // Once the file is unmounted, a loop device on it cannot be found by it.
        all.addAll(loops);
        for (LoopDevice loop : all) {
            if (isUnmounted && !mount.awaitEnd(0, TimeUnit.MILLISECONDS)) {
                awaitWrittenBack(loop, file);
            } else {
                loop.awaitDetachedFrom(file, stop);
            }
        }
    }

    /** Or until it is given up: it may have been mounted elsewhere, too, where somebody goes on using it. */
    private void awaitWrittenBack(LoopDevice loop, Path file) throws IOException {
        try (LongWait wait = LongWait.begin(stop, loop + " to be let go of (it is still written to, or used)")) {
            loop.awaitDetachedFrom(file, () -> wait.isTooLong() ? 0 : device.requests(), PATIENCE, stop);
        }
    }

    private void mountFileSystem(MountPoint point) throws InterruptedException {
        undo.pushAgain("unmounting " + point.path(), () -> {
            isUnmounted = !point.holds(loops) || point.unmount(device::requests, PATIENCE, stop);
        });
        point.mount(loops.get(0), device.file().readOnly(), stop);
        Console.println("it is mounted on " + point.path());
    }

    private Path lastMounted(Path file) {
        return plan.mountPoint().map(MountPoint::path).orElse(file);
    }

    /** Until the stop signal, or until somebody unmounts what was mounted last. */
    private void awaitEnd() throws IOException, InterruptedException {
        while (!mount.awaitEnd(WATCH_INTERVAL_MS, TimeUnit.MILLISECONDS) && !stop.isRequested()) {
            if (plan.mountPoint().isPresent() && !plan.mountPoint().get().holds(loops)) {
                return;
            }
        }
    }
}
