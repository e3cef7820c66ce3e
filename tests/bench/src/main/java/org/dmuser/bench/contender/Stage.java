package org.dmuser.bench.contender;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.dmuser.cli.base.StopSignal;
import org.dmuser.cli.base.UndoStack;
import org.dmuser.cli.system.ExternalCommand;
import org.dmuser.shim.os.MountEntry;
import org.dmuser.shim.os.MountTable;

/**
 * Where contenders are started: directories, processes, mounts and loop devices, all of which are taken down at the
 * end, last made first. The main thread's.
 */
public final class Stage {
    private static final Path TMPFS = Path.of("/dev/shm");

    private final Tools tools;
    private final long size;
    private final StopSignal stop;
    private final UndoStack undo;
    private final Path directory;
    private final Path memory;
    private final Map<String, Server> servers = new HashMap<>();
    private int logs;

    /** @param size of each contender's device, in bytes */
    public Stage(Tools tools, long size, StopSignal stop) throws IOException {
        this.tools = tools;
        this.size = size;
        this.stop = stop;
        undo = new UndoStack(stop);
        directory = makeDirectory(Path.of(System.getProperty("java.io.tmpdir")));
        memory = makeDirectory(TMPFS);
        undo.push("unmounting what is left", this::unmountAll);
    }

    private Path makeDirectory(Path parent) throws IOException {
        Path made = Files.createTempDirectory(parent, "dmuser-bench-").toRealPath();
        undo.pushAgain("deleting " + made, () -> delete(made));
        return made;
    }

    private static void delete(Path directory) throws IOException {
        if (MountTable.read().stream().anyMatch(entry -> isBelow(directory, entry))) {
            throw new IOException("something is mounted there");
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static boolean isBelow(Path directory, MountEntry entry) {
        return Path.of(entry.mountPoint()).startsWith(directory);
    }

    /** Only a server that was killed leaves a mount. */
    private void unmountAll() throws IOException, InterruptedException {
        for (MountEntry entry : MountTable.read()) {
            if (isBelow(directory, entry) || isBelow(memory, entry)) {
                ExternalCommand.of("umount", "--lazy", entry.mountPoint()).run(StopSignal.never());
            }
        }
    }

    /** Starts a contender, after the one it uses. */
    public Server start(Contender contender) throws IOException, InterruptedException {
        Server server = servers.get(contender.name());
        if (server == null) {
            server = contender.start(this);
            servers.put(contender.name(), server);
        }
        return server;
    }

    /** Takes everything down; answers what could not be, a line each. */
    public List<String> takeDown() {
        return undo.unwind();
    }

    /** For files of the benchmark itself. */
    public Path directory() {
        return directory;
    }

    /** What it starts. */
    public Tools tools() {
        return tools;
    }

    /** Of the device, in bytes. */
    long size() {
        return size;
    }

    /** The user's wish for the end. */
    public StopSignal stop() {
        return stop;
    }

    /** What is to be undone at the end. */
    public UndoStack undo() {
        return undo;
    }

    /** A new directory. */
    public Path makeDirectory(String name) throws IOException {
        return Files.createDirectory(directory.resolve(name));
    }

    /** For files that no disk is to slow down: a directory in a tmpfs. */
    public Path memory() {
        return memory;
    }

    /** A new file of the device's size in a tmpfs, without memory behind it yet. */
    public Path makeFileInMemory(String name) throws IOException {
        Path file = memory.resolve(name);
        try (SeekableByteChannel channel = Files.newByteChannel(file, CREATE_NEW, WRITE)) {
            channel.position(size - 1).write(ByteBuffer.allocate(1));
        }
        return file;
    }

    /** Starts a process. */
    public Child run(String... words) {
        return run(List.of(words));
    }

    /** Starts a process. */
    public Child run(List<String> words) {
        Child child = Child.start(words, directory.resolve("log-" + logs++), stop);
        undo.push("ending " + child, child::end);
        return child;
    }
}
