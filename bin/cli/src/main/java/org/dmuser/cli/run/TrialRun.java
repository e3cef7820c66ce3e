package org.dmuser.cli.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.dmuser.cli.base.CliException;
import org.dmuser.sdk.DeviceInfo;
import org.dmuser.sdk.config.ConfigException;
import org.dmuser.sdk.registry.Handlers;
import org.dmuser.shim.fuse.FuseMount;
import org.dmuser.shim.fuse.MountOptions;
import org.dmuser.shim.service.FuseKind;

/** A run in a second: a disk in memory is mounted, written to, read from, and gone. */
public final class TrialRun {
    private static final int SIZE = 1 << 20;
    private static final int PIECE = 4096;

    private TrialRun() {}

    /** Runs, with its file in {@code directory}; does nothing where FUSE or the handler is not to be had. */
    public static void run(Path directory) throws IOException {
        try (Handlers handlers = Handlers.load("")) {
            Path file = directory.resolve("trial");
            DeviceInfo info = new DeviceInfo("trial", SIZE, false);
            EmbeddedDevice device = EmbeddedDevice.open(
                    "memory",
                    handlers.create("memory", List.of(), List.of()),
                    info,
                    Optional.empty(),
                    directory,
                    line -> {});
            Files.createFile(file);
            try (FuseMount mount =
                    FuseKind.AUTO.transport(e -> {}).mount(device.file(), file, MountOptions.of("trial"))) {
                use(mount.mountPoint());
            } finally {
                device.flush(RunSession.PATIENCE);
                device.close();
                Files.deleteIfExists(file);
            }
        } catch (IOException | ConfigException | CliException e) {
            // No FUSE here, most likely.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void use(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer data = ByteBuffer.allocateDirect(PIECE);
            channel.write(data, 0);
            channel.force(true);
            channel.read(data.clear(), 0);
        }
    }
}
