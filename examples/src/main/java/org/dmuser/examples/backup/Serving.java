package org.dmuser.examples.backup;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.dmuser.examples.backup.moment.MomentSession;
import org.dmuser.examples.backup.moment.Moments;
import org.dmuser.examples.backup.tracking.DeviceInUseException;
import org.dmuser.examples.backup.tracking.Keeper;
import org.dmuser.examples.backup.tracking.Tracking;
import org.dmuser.examples.backup.tracking.TrackingFile;
import org.dmuser.examples.file.FileHandler;
import org.dmuser.sdk.DeviceInfo;
import org.dmuser.sdk.control.ControlServer;
import org.dmuser.sdk.control.Registration;
import org.dmuser.sdk.file.LockedFile;

/**
 * What a backup handler has while it serves a device: the locks on its files, what looks after them, and an ear for
 * backup commands. Opened and closed by one thread.
 */
final class Serving {
    private static final System.Logger LOG = System.getLogger(Serving.class.getName());

    private final FileHandler origin;
    private final LockedFile originLock;
    private final TrackingFile file;
    private final Moments moments;
    private Optional<Registration> registration = Optional.empty();
    private ControlServer server;
    private Keeper keeper;

    private Serving(FileHandler origin, LockedFile originLock, TrackingFile file, Moments moments) {
        this.origin = origin;
        this.originLock = originLock;
        this.file = file;
        this.moments = moments;
    }

    /** Opens all of it, or nothing. */
    static Serving open(DeviceInfo device, Path originPath, FileHandler origin, Path trackingPath) throws IOException {
        requireTwoFiles(originPath, trackingPath);
        LockedFile originLock = LockedFile.tryLock(originPath)
                .orElseThrow(() -> new DeviceInUseException(
                        "origin " + originPath + " is in use by another daemon: end that first"));
        try {
            return open(device, origin, originLock, TrackingFile.open(trackingPath, originPath, origin.size()));
        } catch (IOException | RuntimeException e) {
            originLock.close();
            throw e;
        }
    }

    private static void requireTwoFiles(Path originPath, Path trackingPath) throws IOException {
        if (Files.exists(trackingPath) && Files.isSameFile(originPath, trackingPath)) {
            throw new IOException("origin " + originPath + " and tracking " + trackingPath
                    + " are the same file: name another one for tracking, which may be a new one");
        }
    }

    private static Serving open(DeviceInfo device, FileHandler origin, LockedFile originLock, TrackingFile file)
            throws IOException {
        if (!file.stale().isEmpty()) {
            LOG.log(Level.WARNING, file.stale() + ": tracking begins anew, and the next backup compares everything");
        }
        try {
            Serving serving = new Serving(origin, originLock, file, Moments.open(file, origin));
            serving.listen(device);
            serving.keeper = Keeper.start(file, origin::flush);
            return serving;
        } catch (IOException | RuntimeException e) {
            file.abandon();
            throw e;
        }
    }

    private void listen(DeviceInfo device) throws IOException {
        server = ControlServer.open(MomentSession.socket(file.path()), () -> new MomentSession(moments));
        try {
            registration = Registration.make(device, file.path());
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    Tracking tracking() {
        return file.tracking();
    }

    Moments moments() {
        return moments;
    }

    /** No request is under way, and none will come. */
    void close() throws IOException {
        try (originLock) {
            try {
                endCommands();
            } finally {
                // In any case: it must not write to a file that it has let go of.
                keeper.close();
                moments.close();
            }
            // The marks go only if what they stand for is safe.
            origin.flush();
            file.close();
        } finally {
            file.abandon();
        }
    }

    private void endCommands() throws IOException {
        try {
            server.close();
        } finally {
            if (registration.isPresent()) {
                registration.get().close();
            }
        }
    }
}
