package org.dmuser.cli.system;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.dmuser.cli.base.CliException;
import org.dmuser.cli.base.StopSignal;

/** A loop device on a file, by losetup. */
public record LoopDevice(Path path) {
    private static final Path SYS_BLOCK = Path.of("/sys/block");

    /** How long somebody may have one open who looks at what is on disks. */
    private static final Duration LOOK = Duration.ofSeconds(5);

    private static final long LOOK_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(20);

    /** Makes one with direct I/O. */
    public static LoopDevice attach(Path file, boolean readOnly, StopSignal stop) throws InterruptedException {
        List<String> words = new ArrayList<>(List.of("losetup", "--find", "--show", "--direct-io=on"));
        if (readOnly) {
            words.add("--read-only");
        }
        words.add(file.toString());
        String output = ExternalCommand.of(words).run(stop).strip();
        if (!output.startsWith("/dev/loop")) {
            throw new CliException("losetup said '" + output + "' instead of which device it has made");
        }
        return new LoopDevice(Path.of(output));
    }

    /** The loop devices on a file: ours, and those that somebody else has made. */
    public static List<LoopDevice> on(Path file) throws IOException {
        return find(withoutLinks(file)::equals);
    }

    /** As the kernel names it, unless it is gone: the file of a mapped device is a link. */
    private static String withoutLinks(Path file) {
        try {
            return file.toRealPath().toString();
        } catch (IOException e) {
            return file.toString();
        }
    }

    /** The loop devices on files in a directory, and in those below it. */
    public static List<LoopDevice> below(Path directory) throws IOException {
        return find(backing -> backing.startsWith(directory + "/"));
    }

    private static List<LoopDevice> find(Predicate<String> wanted) throws IOException {
        List<LoopDevice> found = new ArrayList<>();
        if (!Files.isDirectory(SYS_BLOCK)) {
            // Nothing is mounted on /sys, as in some containers.
            return found;
        }
        try (DirectoryStream<Path> devices = Files.newDirectoryStream(SYS_BLOCK, "loop*")) {
            for (Path device : devices) {
                Optional<String> backing = backing(device.getFileName());
                if (backing.filter(wanted).isPresent()) {
                    found.add(new LoopDevice(Path.of("/dev").resolve(device.getFileName())));
                }
            }
        }
        return found;
    }

    private static Optional<String> read(Path file) throws IOException {
        try {
            return Optional.of(Files.readString(file).strip());
        } catch (NoSuchFileException e) {
            // Not attached to anything.
            return Optional.empty();
        }
    }

    /** Whether it does without the page cache, which the kernel leaves out without a word where it cannot. */
    public boolean isDirect() throws IOException {
        return read(SYS_BLOCK.resolve(path.getFileName()).resolve("loop/dio"))
                .filter("1"::equals)
                .isPresent();
    }

    /**
     * Takes it from {@code file}, and waits a moment until it is gone.
     *
     * @throws CliException if losetup hangs, or somebody has it open: it goes when that one lets go
     */
    public void detach(Path file, LongSupplier progress, Duration patience, StopSignal stop)
            throws IOException, InterruptedException {
        letGo(progress, patience, stop);
        awaitDetachedFrom(file, stop);
    }

    /** Takes it from its file, now or, if somebody has it open, when that one lets go. */
    public void letGo(LongSupplier progress, Duration patience, StopSignal stop) throws InterruptedException {
        ExternalCommand command = ExternalCommand.of("losetup", "--detach", toString());
        ExternalCommand.Result result =
                command.runWhile(progress, patience, stop).orElseThrow(() -> new CliException(command + " hangs"));
        if (!result.isSuccess()) {
            throw new CliException(result.summary());
        }
    }

    /** Waits until it is not attached to {@code file} any more, for those who only look at what is on disks. */
    public void awaitDetachedFrom(Path file, StopSignal stop) throws IOException {
        awaitDetachedFrom(file, () -> 0, LOOK, stop);
    }

    /**
     * Waits until it is not attached to {@code file} any more, which may be unmounted by now and have no path. Who has
     * it open may be a file system: the kernel takes one out of the name space first, and only then writes what it had
     * in memory. Or a mount name space that was begun while it was mounted, or somebody who looks at what is on disks.
     *
     * @param progress a number that changes as long as there is reason to wait
     * @param patience how long it may stand still
     * @throws CliException if it is attached still: it goes when whoever has it open lets go
     */
    public void awaitDetachedFrom(Path file, LongSupplier progress, Duration patience, StopSignal stop)
            throws IOException {
        Headway headway = new Headway(progress, patience, stop);
        while (isAttachedTo(file)) {
            if (headway.isOver()) {
                throw new CliException(path + " is in use, and goes when whoever uses it does");
            }
            LockSupport.parkNanos(LOOK_INTERVAL_NS);
        }
    }

    private boolean isAttachedTo(Path file) throws IOException {
        return backing(path.getFileName())
                .filter(text -> text.equals(withoutLinks(file)) || text.equals("/"))
                .isPresent();
    }

    private static Optional<String> backing(Path name) throws IOException {
        return read(SYS_BLOCK.resolve(name).resolve("loop/backing_file"));
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
