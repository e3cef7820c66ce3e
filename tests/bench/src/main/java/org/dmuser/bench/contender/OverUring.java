package org.dmuser.bench.contender;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.dmuser.bench.fio.Row;
import org.dmuser.cli.base.CliException;

/**
 * A contender that needs FUSE over io_uring, which is turned on in the kernel before it starts and, if it was off, off
 * again in the end.
 */
record OverUring(Contender contender) implements Contender {
    private static final Path PARAMETER = Path.of("/sys/module/fuse/parameters/enable_uring");
    private static final String ON = "Y";

    @Override
    public String name() {
        return contender.name();
    }

    @Override
    public String what() {
        return contender.what();
    }

    @Override
    public boolean isOurs() {
        return contender.isOurs();
    }

    @Override
    public List<Row> rows() {
        return contender.rows();
    }

    @Override
    public Optional<String> over() {
        return contender.over();
    }

    @Override
    public Optional<String> missing() {
        if (!Files.exists(PARAMETER)) {
            return Optional.of("this kernel has no FUSE over io_uring (Linux 6.14)");
        }
        return Files.isWritable(PARAMETER) ? Optional.empty() : Optional.of("turning on FUSE over io_uring takes root");
    }

    @Override
    public Server start(Stage stage) throws IOException, InterruptedException {
        Optional<String> missing = missing();
        if (missing.isPresent()) {
            throw new CliException(missing.get());
        }
        String before = Files.readString(PARAMETER).strip();
        if (!before.equals(ON)) {
            Files.writeString(PARAMETER, ON);
            stage.undo().push("turning FUSE over io_uring off again", () -> Files.writeString(PARAMETER, before));
        }
        return contender.start(stage);
    }
}
