package org.dmuser.examples.backup.work;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.DSYNC;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dmuser.examples.backup.repository.Point;
import org.dmuser.examples.snapshot.SnapshotHandler;
import org.dmuser.examples.snapshot.store.Base;
import org.dmuser.examples.snapshot.store.StoreDirectory;
import org.dmuser.examples.snapshot.store.StoreOptions;

/**
 * A restore point as a writable device, at once: what is written goes to a store of the snapshot daemon, of which the
 * point is the base.
 *
 * <p>A store that is kept has a file {@value #NOTE} beside it that says of which point it is: over another one it would
 * be a mixture of both.
 */
public final class PointDevice {
    private static final String NOTE = "restore-point";

    private PointDevice() {}

    /** What is written is deleted with the handler; {@code directory} is made, and must not be there. */
    public static SnapshotHandler throwAway(Base base, Path directory) throws IOException {
        return SnapshotHandler.overlay(base, directory);
    }

    /**
     * What is written stays in a directory, and is there again when that is opened once more.
     *
     * @param base closed with the handler, or if this fails
     * @throws IOException if the directory belongs to another point, or is something else
     */
    public static SnapshotHandler kept(Base base, Path directory, Point point) throws IOException {
        try {
            requireOf(directory, point);
        } catch (IOException e) {
            base.close();
            throw e;
        }
        return SnapshotHandler.open(base, directory, StoreOptions.standard());
    }

    private static void requireOf(Path directory, Point point) throws IOException {
        Path note = directory.resolve(NOTE);
        if (Files.exists(note)) {
            String id = Files.readString(note).strip();
            if (!id.equals(point.id())) {
                throw new IOException("overlay " + directory + " is of restore point " + id + ", not of " + point.id());
            }
            return;
        }
        if (Files.exists(directory) && !isEmpty(directory)) {
            throw new IOException("overlay " + directory + " is not empty, and not of a restore point");
        }
        StoreDirectory.make(directory);
        Files.writeString(note, point.id() + "\n", CREATE_NEW, WRITE, DSYNC);
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (var files = Files.newDirectoryStream(directory)) {
            return !files.iterator().hasNext();
        }
    }
}
