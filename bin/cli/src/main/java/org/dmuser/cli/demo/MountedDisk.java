package org.dmuser.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.dmuser.cli.system.ExternalCommand;
import org.dmuser.cli.system.FileSystem;
import org.dmuser.cli.system.LoopDevice;
import org.dmuser.cli.system.MountPoint;

/** A loop device on a file, and its file system on a directory; undone when the demo ends, unless that was before. */
final class MountedDisk {
    /** How long the kernel may take to let go of what is unmounted: another mount name space may have a copy. */
    private static final Duration LET_GO = Duration.ofSeconds(60);

    private final Stage stage;
    private final Path file;
    private final Path directory;

    private LoopDevice loop;
    private MountPoint mountPoint;

    /** Whether somebody uses the file system still, a shell whose directory it is, say. */
    private boolean isKept;

    /**
     * @param directory made when it is needed
     */
    MountedDisk(Stage stage, Path file, Path directory) {
        this.stage = stage;
        this.file = file;
        this.directory = directory;
    }

    Path directory() {
        return directory;
    }

    LoopDevice loop() {
        return loop;
    }

    /** Answers which one it is. */
    String makeLoop() throws IOException, InterruptedException {
        stage.undo().pushAgain("detaching the loop device", this::detachLoops);
        loop = LoopDevice.attach(file, false, stage.stop());
        return loop + (loop.isDirect() ? ", with direct I/O" : ", without direct I/O");
    }

    void makeFileSystem() throws InterruptedException {
        new FileSystem("ext4").make(loop.toString(), false, stage.stop());
    }

    void mount() throws IOException, InterruptedException {
        if (mountPoint == null) {
            Files.createDirectories(directory);
            mountPoint = MountPoint.of(directory);
            stage.undo().pushAgain("unmounting " + directory, this::unmountIfMounted);
        }
        mountPoint.mount(loop, false, stage.stop());
    }

    /** Has everything written that the file system keeps in memory. */
    void sync() throws InterruptedException {
        ExternalCommand.of("sync", "-f", directory.toString()).run(stage.stop());
    }

    void unmount() throws InterruptedException {
        ExternalCommand.of("umount", directory.toString()).run(stage.stop());
    }

    private void unmountIfMounted() throws IOException, InterruptedException {
        if (mountPoint.holds(List.of(loop))) {
            isKept = !mountPoint.unmount(() -> 0, Demo.STEP_TIMEOUT, stage.stop());
        }
    }

    void detachLoops() throws IOException, InterruptedException {
        for (LoopDevice attached : LoopDevice.on(file)) {
            attached.letGo(() -> 0, Demo.STEP_TIMEOUT, stage.stop());
            if (isKept) {
                attached.awaitDetachedFrom(file, stage.stop());
            } else {
                attached.awaitDetachedFrom(file, () -> 0, LET_GO, stage.stop());
            }
        }
    }
}
