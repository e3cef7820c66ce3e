package org.dmuser.shim.fuse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.dmuser.shim.bio.BlockDevice;
import org.dmuser.shim.file.BlockFile;
import org.dmuser.shim.os.Mounts;

/** A device mounted on a file in a directory of its own. */
final class MountRig implements AutoCloseable {
    private static final long END_TIMEOUT_S = 120;

    final Queue<Throwable> errors = new ConcurrentLinkedQueue<>();
    final Path directory;
    final Path path;
    private final Transport kind;
    private final FuseTransport transport;
    private final String name;
    private FuseMount mount;

    MountRig(Transport kind, String name) throws IOException {
        kind.assumeAvailable();
        this.kind = kind;
        this.transport = kind.make(errors::add);
        this.name = name;
        directory = Files.createTempDirectory("dmuser-test-").toRealPath();
        path = Files.createFile(directory.resolve("disk"));
    }

    static MountRig mounted(Transport kind, String name, BlockDevice device) throws IOException {
        return mounted(kind, device, kind.options(name));
    }

    static MountRig mounted(Transport kind, BlockDevice device, MountOptions options) throws IOException {
        MountRig rig = new MountRig(kind, options.name());
        try {
            rig.mount(device, options);
        } catch (IOException | RuntimeException | Error e) {
            rig.close();
            throw e;
        }
        return rig;
    }

    FuseMount mount(BlockDevice device) throws MountException {
        return mount(device, kind.options(name));
    }

    private FuseMount mount(BlockDevice device, MountOptions options) throws MountException {
        mount = transport.mount(new BlockFile(device), path, options);
        return mount;
    }

    FuseMount mount() {
        return mount;
    }

    /** The threads that serve the mount, by name. */
    List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(thread -> thread.startsWith("fuse-" + name + "-"))
                .sorted()
                .toList();
    }

    /** What those threads have allocated so far. */
    long allocatedBytes() {
        var bean = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("fuse-" + name + "-"))
                .mapToLong(thread -> bean.getThreadAllocatedBytes(thread.getId()))
                .sum();
    }

    void assertEnded() throws InterruptedException {
        assertEquals(true, mount.awaitEnd(END_TIMEOUT_S, TimeUnit.SECONDS), "the mount does not end");
        assertEquals(List.of(), threads());
    }

    @Override
    public void close() throws IOException {
        try {
            if (mount != null) {
                mount.close();
            }
        } finally {
            // Whatever went wrong, nothing stays mounted.
            Mounts.detach(path);
            Files.deleteIfExists(path);
            Files.deleteIfExists(directory);
        }
    }
}
