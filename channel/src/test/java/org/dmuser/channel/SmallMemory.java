package org.dmuser.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A file system in memory that is soon full. */
public final class SmallMemory implements AutoCloseable {
    private final Path directory;

    private SmallMemory(Path directory) {
        this.directory = directory;
    }

    /**
     * Mounts one; what needs it is skipped for whoever may not.
     *
     * @param size as mount(8) takes it: 48m
     */
    public static SmallMemory mount(String size) throws IOException {
        Optional<SmallMemory> mounted = tryMount(size);
        assumeTrue(mounted.isPresent(), "needs root, and the right to mount a tmpfs, to fill it");
        return mounted.get();
    }

    /** Mounts one, for whoever may. */
    static Optional<SmallMemory> tryMount(String size) throws IOException {
        Path directory = Files.createTempDirectory("dmuser-small-");
        if (run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", directory.toString()) != 0) {
            Files.delete(directory);
            return Optional.empty();
        }
        return Optional.of(new SmallMemory(directory));
    }

    /** Where it is mounted. */
    Path path() {
        return directory;
    }

    /** A new directory in it. */
    public Path directory() throws IOException {
        return Files.createDirectory(directory.resolve("rig"));
    }

    /** Gives it another size. */
    public void resize(String size) throws IOException {
        assertEquals(0, run("mount", "-o", "remount,size=" + size, directory.toString()), "remount");
    }

    @Override
    public void close() throws IOException {
        assertEquals(0, run("umount", "-l", directory.toString()), "umount");
        Files.delete(directory);
    }

    private static int run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return Uninterrupted.call(process::waitFor);
    }
}
