package org.dmuser.examples.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.dmuser.examples.backup.moment.FrozenDevice;
import org.dmuser.examples.backup.moment.FrozenDevices;
import org.dmuser.examples.backup.tracking.TrackingPoint;
import org.dmuser.examples.file.FileHandler;
import org.dmuser.sdk.DeviceInfo;

/** An origin, its tracking file, and a handler at a time. */
final class BackupRig implements AutoCloseable {
    /** In the tracking file. */
    private static final int NOTE = 1024;

    private static final int NOTE_LENGTH = 1024;

    final Path origin;
    final Path tracking;
    final int size;
    private BackupHandler handler;

    BackupRig(Path directory, int size) throws IOException {
        this(directory, directory.resolve("disk.tracking"), size);
    }

    BackupRig(Path directory, Path tracking, int size) throws IOException {
        this.origin = directory.resolve("disk.img");
        this.tracking = tracking;
        this.size = size;
        if (Files.notExists(origin)) {
            try (RandomAccessFile file = new RandomAccessFile(origin.toFile(), "rw")) {
                file.setLength(size);
            }
        }
    }

    BackupHandler open() throws IOException {
        handler = new BackupHandler(origin, FileHandler.of("origin", origin, false), tracking);
        handler.open(new DeviceInfo("disk", size / 512 * 512, false));
        return handler;
    }

    FrozenDevice freeze(TrackingPoint... bases) throws IOException {
        return FrozenDevices.freeze(tracking, List.of(bases));
    }

    /** A moment that nobody reads. */
    TrackingPoint point() throws IOException {
        try (FrozenDevice frozen = freeze()) {
            return frozen.point().orElseThrow();
        }
    }

    /** What the tracking file says of when the origin was last written to. */
    byte[] note() throws IOException {
        try (InputStream in = Files.newInputStream(tracking)) {
            in.skipNBytes(NOTE);
            return in.readNBytes(NOTE_LENGTH);
        }
    }

    byte[] read(FrozenDevice frozen, int offset, int length) throws IOException {
        ByteBuffer read = ByteBuffer.allocateDirect(length);
        frozen.read(offset, read);
        byte[] bytes = new byte[length];
        read.flip().get(bytes);
        return bytes;
    }

    @Override
    public void close() throws IOException {
        stop();
    }

    /** Ends the handler, until the next is opened. */
    void stop() throws IOException {
        if (handler != null) {
            handler.close();
            handler = null;
        }
    }
}
