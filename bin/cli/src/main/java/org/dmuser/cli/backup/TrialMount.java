package org.dmuser.cli.backup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.dmuser.examples.backup.repository.LockKind;
import org.dmuser.examples.backup.repository.Repository;
import org.dmuser.examples.backup.repository.crypto.Key;
import org.dmuser.examples.backup.repository.storage.Storages;
import org.dmuser.examples.backup.work.PointBase;
import org.dmuser.examples.backup.work.PointDevice;
import org.dmuser.examples.snapshot.SnapshotHandler;
import org.dmuser.sdk.DeviceInfo;

/** What {@code dmuser backup mount} does beneath the disk's file. */
public final class TrialMount {
    private static final int PIECE = 4096;

    private TrialMount() {}

    /** Reads and writes the last point of a repository, with what is written in {@code overlay} until the end. */
    public static void run(Path repository, Path overlay) throws IOException {
        try (Repository open = Repository.open(Storages.open(repository.toString()), Key.NONE)) {
            open.lock(LockKind.READ);
            PointBase base = PointBase.open(open.reader(), open.points().find("latest"));
            try (SnapshotHandler device = PointDevice.throwAway(base, overlay)) {
                device.open(new DeviceInfo("trial", base.size(), false));
                ByteBuffer data = ByteBuffer.allocateDirect(PIECE);
                device.read(0, data);
                device.write(0, data.flip());
                device.flush();
            }
        }
    }
}
