package org.dmuser.cli.snapshot;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Set;
import org.dmuser.cli.base.CliException;
import org.dmuser.cli.base.Console;
import org.dmuser.cli.base.StopSignal;
import org.dmuser.examples.snapshot.SparseCopy;
import org.dmuser.examples.snapshot.store.SnapshotView;
import org.dmuser.sdk.config.ByteSize;
import org.dmuser.sdk.file.OwnerOnly;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dmuser snapshot export}. */
@Command(
        name = "export",
        description = "Writes a snapshot to a file: a raw image, with holes where it is zeros, that only its owner may"
                + " read. The device may be in use.")
final class ExportCommand extends StoreCommand {
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(15);

    @Parameters(index = "1", paramLabel = "SNAPSHOT", description = "Which one.")
    private String name;

    @Parameters(index = "2", paramLabel = "FILE", description = "Where to: a file that is not there yet.")
    private Path file;

    @Option(names = "--force", description = "Overwrites a file that is there.")
    private boolean force;

    @Override
    public Integer call() throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new CliException(file + " is not a file: name one, which dmuser makes");
        }
        if (Files.exists(file) && !force) {
            throw new CliException(file + " is there already: --force overwrites it");
        }
        StopSignal stop = StopSignal.install(STOP_TIMEOUT);
        StoreAccess access = access();
        if (Files.exists(file) && access.uses(file)) {
            throw new CliException(file + " is the base of the store, or one of its files, and is not overwritten");
        }
        try (SnapshotView view = access.view(name)) {
            export(view, stop);
        }
        return 0;
    }

    /** What is called FILE is whole: until it is, it has another name. */
    private void export(SnapshotView view, StopSignal stop) throws IOException {
        Path partial = file.resolveSibling(file.getFileName() + ".partial");
        boolean done = false;
        // Of an export that was killed.
        Files.deleteIfExists(partial);
        try (FileChannel target = FileChannel.open(
                partial, Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW), OwnerOnly.file())) {
            done = SparseCopy.copy(view, target, stop::isRequested);
        } finally {
            if (!done) {
                Files.deleteIfExists(partial);
            }
        }
        if (!done) {
            throw new CliException("broken off; nothing was written to " + file);
        }
        Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
        Console.println("snapshot " + name + ", " + ByteSize.format(view.size()) + ", is in " + file);
    }
}
