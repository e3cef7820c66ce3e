package org.dmuser.bench.contender;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.dmuser.bench.fio.Row;
import org.dmuser.cli.base.CliException;
import org.dmuser.cli.system.LoopDevice;

/**
 * A loop device with direct I/O on the file of another contender.
 *
 * @param below that contender
 */
record Loop(String name, String what, Contender below) implements Contender {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Override
    public boolean isOurs() {
        return below.isOurs();
    }

    @Override
    public List<Row> rows() {
        return Row.LOOP;
    }

    @Override
    public Optional<String> over() {
        return Optional.of(below.name());
    }

    @Override
    public Server start(Stage stage) throws IOException, InterruptedException {
        Server server = stage.start(below);
        Path file = server.file();
        // One made by a losetup that was broken off.
        stage.undo().push("detaching loop devices from " + file, () -> {
            for (LoopDevice left : LoopDevice.on(file)) {
                left.detach(file, () -> 0, PATIENCE, stage.stop());
            }
        });
        LoopDevice device = LoopDevice.attach(file, false, stage.stop());
        // By its own name, because a server that has ended has taken that of the file with it.
        stage.undo().push("detaching " + device, () -> device.detach(file, () -> 0, PATIENCE, stage.stop()));
        if (!device.isDirect()) {
            throw new CliException(device + " works without direct I/O on " + below.name()
                    + ": the kernel does not offer it here, and anything else would measure the page cache");
        }
        return new Server(device.path(), server.children());
    }
}
