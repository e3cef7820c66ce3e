package org.dmuser.examples.backup.moment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dmuser.channel.OwnerOnly;

/**
 * The files of the moment of a device, in a directory beside its tracking file, and where its daemon listens.
 *
 * <pre>
 *   TRACKING.control          the daemon's socket
 *   TRACKING.moment/map       {@link MomentMap}
 *   TRACKING.moment/log       what was at the places that were written to since, one after the other
 *   TRACKING.moment/ring      link to the {@link Ring}, the end of the log; lasts as long as the daemon
 *   TRACKING.moment/copy      what there was no memory for in the ring, each at its place; sparse
 * </pre>
 */
record MomentFiles(Path directory) {
    static Path control(Path tracking) {
        return tracking.resolveSibling(tracking.getFileName() + ".control");
    }

    static MomentFiles of(Path tracking) {
        return new MomentFiles(tracking.resolveSibling(tracking.getFileName() + ".moment"));
    }

    Path map() {
        return directory.resolve("map");
    }

    Path copy() {
        return directory.resolve("copy");
    }

    Path log() {
        return directory.resolve("log");
    }

    Path ring() {
        return directory.resolve("ring");
    }

    /** For its owner only: what the device holds will be in it. */
    void createDirectory() throws IOException {
        if (Files.notExists(directory)) {
            Files.createDirectory(directory, OwnerOnly.directory());
        }
    }

    /** Those of one moment. */
    void delete() throws IOException {
        Files.deleteIfExists(copy());
        Files.deleteIfExists(log());
        Files.deleteIfExists(map());
    }

    void deleteAll() throws IOException {
        delete();
        Files.deleteIfExists(ring());
        Files.deleteIfExists(directory);
    }

    /**
     * Takes away what a daemon that died has left. Before the origin is written to: a reader that does not know yet
     * sees afterwards that its moment is over.
     */
    void deleteStale() throws IOException {
        if (Files.exists(map())) {
            MomentMap.end(
                    map(), "the daemon of the device has died, and another has taken over; begin the backup anew");
        }
        deleteAll();
        RingMemory.sweep();
    }
}
