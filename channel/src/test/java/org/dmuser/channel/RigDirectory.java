package org.dmuser.channel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Where a rig has the files of its channels; goes with all that is in it when it is closed. */
final class RigDirectory implements AutoCloseable {
    private static final Path SHARED = Path.of("/dev/shm");

    /** Bytes, for all slots of a channel and more: in a container there may be less shared memory. */
    private static final long ROOM = 256 << 20;

    private final Path path;
    /** The file system of its own that the directory is; null where it is in one that was there. */
    private final SmallMemory own;

    private final boolean hasRoom;

    private RigDirectory(Path path, SmallMemory own, boolean hasRoom) {
        this.path = path;
        this.own = own;
        this.hasRoom = hasRoom;
    }

    /** In shared memory; where that has no room for all slots, in a tmpfs of its own for whoever may mount one. */
    static RigDirectory make() throws IOException {
        boolean hasRoom = Files.getFileStore(SHARED).getUsableSpace() >= ROOM;
        Optional<SmallMemory> own = hasRoom ? Optional.empty() : SmallMemory.tryMount(Long.toString(ROOM));
        return own.isPresent()
                ? new RigDirectory(own.get().path(), own.get(), true)
                : new RigDirectory(Files.createTempDirectory(SHARED, "dmuser-test-"), null, hasRoom);
    }

    /** One that is there, with as much room as a test wants it to have. */
    static RigDirectory at(Path path) {
        return new RigDirectory(path, null, false);
    }

    Path path() {
        return path;
    }

    /** Whether there is room for all slots of a channel. */
    boolean hasRoom() {
        return hasRoom;
    }

    @Override
    public void close() throws IOException {
        if (own != null) {
            own.close();
            return;
        }
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
